package dev.safecoder.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Reads a pack that {@link PackFile} wrote: version 2, no deltas. */
final class PackReader implements AutoCloseable {
    private static final int FANOUT = 8;
    private static final int IDS = FANOUT + 256 * 4;
    private static final int RAW_ID = 20;

    private final FileChannel pack;
    private final byte[] index;
    private final ByteBuffer numbers;
    private final int count;

    PackReader(Path packs, String name) throws IOException {
        index = Files.readAllBytes(packs.resolve(name + ".idx"));
        numbers = ByteBuffer.wrap(index);
        count = numbers.getInt(IDS - 4);
        pack = FileChannel.open(packs.resolve(name + ".pack"), StandardOpenOption.READ);
    }

    /** The object, when the pack has it whole; a delta is left to JGit. */
    Optional<GitObject> open(ObjectId id) throws IOException {
        int at = find(id.raw());
        if (at < 0) {
            return Optional.empty();
        }
        int offset = numbers.getInt(IDS + count * (RAW_ID + 4) + 4 * at);
        var content = new BufferedInputStream(new At(pack, offset));
        int next = content.read();
        int number = next >> 4 & 7;
        long size = next & 0xf;
        for (int shift = 4; (next & 0x80) != 0; shift += 7) {
            next = content.read();
            size |= (long) (next & 0x7f) << shift;
        }
        for (var type : GitObject.Type.values()) {
            if (type.number() == number) {
                var inflated = new InflaterInputStream(content);
                return Optional.of(new GitObject(type, size, inflated));
            }
        }
        return Optional.empty();
    }

    private int find(byte[] id) {
        int first = id[0] & 0xff;
        int low = first == 0 ? 0 : numbers.getInt(FANOUT + 4 * (first - 1));
        int high = numbers.getInt(FANOUT + 4 * first) - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int from = IDS + RAW_ID * middle;
            int order = Arrays.compareUnsigned(index, from, from + RAW_ID, id, 0, RAW_ID);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The pack from one place on; closing it leaves the pack open. */
    private static final class At extends InputStream {
        private final FileChannel file;
        private long position;

        At(FileChannel file, long position) {
            this.file = file;
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            int count = file.read(ByteBuffer.wrap(to, from, most), position);
            position += Math.max(count, 0);
            return count;
        }
    }

    @Override
    public void close() {
        try {
            pack.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        }
    }
}
