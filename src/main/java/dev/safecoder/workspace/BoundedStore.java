package dev.safecoder.workspace;

import dev.safecoder.change.TreeEntry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps contents until so many bytes have come out of one sandbox, and none after that. A budget of
 * each checkpoint alone would let a session of many steps fill the disk of the host.
 */
final class BoundedStore implements ContentStore {
    /** Room for a session of ordinary work many times over: 16 GiB. */
    static final long MOST_BYTES = 16L << 30;

    private final ContentStore store;
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BoundedStore(ContentStore store, long most) {
        this.store = store;
        this.most = most;
    }

    /**
     * Keeps the stream's bytes.
     *
     * @throws WorkspaceException when there are more of them than are left
     */
    @Override
    public TreeEntry store(TreeEntry.Type type, InputStream content) throws IOException {
        return store.store(type, new Counted(content));
    }

    private void take(int bytes) {
        if (taken.addAndGet(bytes) > most) {
            throw WorkspaceException.overSessionBudget(most);
        }
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            take(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            take(Math.max(some, 0));
            return some;
        }
    }
}
