package dev.safecoder.change;

import java.io.IOException;
import java.io.InputStream;

/** Gives contents by id; every id in a change set can be had from the source that came with it. */
public interface BlobSource {
    /** The whole content; the caller knows from {@link TreeEntry#size()} that it fits. */
    byte[] bytes(BlobId id) throws IOException;

    /** The content as a stream, for sizes that need not fit. The caller closes it. */
    InputStream open(BlobId id) throws IOException;
}
