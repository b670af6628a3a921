package dev.safecoder.tui;

import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;

/** Alt-Enter begins a new line in what is being typed; Enter sends it. */
final class MultiLineKeys {
    private static final String NEW_LINE = "safe-coder-new-line";

    private final LineReader reader;

    MultiLineKeys(LineReader reader) {
        this.reader = reader;
    }

    void bind() {
        reader.getWidgets()
                .put(
                        NEW_LINE,
                        () -> {
                            reader.getBuffer().write("\n");
                            return true;
                        });
        var keys = reader.getKeyMaps().get(LineReader.MAIN);
        if (keys != null) {
            keys.bind(new Reference(NEW_LINE), KeyMap.alt('\r'), KeyMap.alt('\n'));
        }
    }
}
