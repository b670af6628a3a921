package dev.safecoder.tool;

import java.util.List;

/** Tools from outside of this package, and what has to end with them. */
public interface AddedTools extends AutoCloseable {
    List<AddedTool> tools();

    @Override
    void close();

    /** No more than the toolbox has of itself. */
    static AddedTools none() {
        return new AddedTools() {
            @Override
            public List<AddedTool> tools() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
