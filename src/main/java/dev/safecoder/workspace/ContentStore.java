package dev.safecoder.workspace;

import dev.safecoder.change.TreeEntry;
import java.io.IOException;
import java.io.InputStream;

/** Where contents go on their way out of the sandbox. */
@FunctionalInterface
public interface ContentStore {
    /** Keeps the stream's bytes to its end and names them. */
    TreeEntry store(TreeEntry.Type type, InputStream content) throws IOException;
}
