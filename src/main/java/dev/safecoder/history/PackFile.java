package dev.safecoder.history;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A pack on its way to the disk: many small objects in one file with its index, in git's version 2
 * of both, without deltas.
 */
final class PackFile implements GitObject.Sink, AutoCloseable {
    /** How a pack is named while it is being written. */
    static final String UNFINISHED = "tmp_pack_";

    private static final int HEADER_BYTES = 12;
    private static final int MAGIC = 0x5041434b; // PACK
    private static final int INDEX_MAGIC = 0xff744f63;
    private static final int VERSION = 2;

    /** Shorter contents are not worth deflating. */
    private static final int LEAST_DEFLATED = 2_048;

    private final Path folder;
    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private final Map<ObjectId, Placed> objects = new HashMap<>();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private long offset = HEADER_BYTES;

    private record Placed(ObjectId id, long offset, int crc) {}

    PackFile(Path packs) throws IOException {
        folder = packs;
        file = packs.resolve(UNFINISHED + "chain");
        Files.deleteIfExists(file);
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        out.write(new byte[HEADER_BYTES]);
    }

    @Override
    public ObjectId put(GitObject.Type type, byte[] content) throws IOException {
        var id = GitObject.id(type, content);
        if (!objects.containsKey(id)) {
            var entry = entry(type, content);
            var crc = new CRC32();
            crc.update(entry);
            objects.put(id, new Placed(id, offset, (int) crc.getValue()));
            out.write(entry);
            offset += entry.length;
        }
        return id;
    }

    private byte[] entry(GitObject.Type type, byte[] content) {
        var entry = new ByteArrayOutputStream(content.length + 32);
        int left = content.length >> 4;
        entry.write((left > 0 ? 0x80 : 0) | type.number() << 4 | content.length & 0xf);
        while (left > 0) {
            int seven = left & 0x7f;
            left >>= 7;
            entry.write((left > 0 ? 0x80 : 0) | seven);
        }
        if (content.length < LEAST_DEFLATED) {
            entry.writeBytes(stored(content));
        } else {
            deflate(content, entry);
        }
        return entry.toByteArray();
    }

    /** A zlib stream of one block that is not compressed. */
    private static byte[] stored(byte[] content) {
        var sum = new Adler32();
        sum.update(content);
        return ByteBuffer.allocate(content.length + 11)
                .put((byte) 0x78)
                .put((byte) 0x01)
                .put((byte) 0x01) // the last block, stored
                .putShort(Short.reverseBytes((short) content.length))
                .putShort(Short.reverseBytes((short) ~content.length))
                .put(content)
                .putInt((int) sum.getValue())
                .array();
    }

    private void deflate(byte[] content, ByteArrayOutputStream to) {
        var buffer = new byte[8_192];
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        while (!deflater.finished()) {
            to.write(buffer, 0, deflater.deflate(buffer));
        }
    }

    /** Ends the pack and gives it its place; it is on the disk then. The name, without ending. */
    String finish() throws IOException {
        out.flush();
        var header =
                ByteBuffer.allocate(HEADER_BYTES)
                        .putInt(MAGIC)
                        .putInt(VERSION)
                        .putInt(objects.size())
                        .flip();
        channel.write(header, 0);
        var sum = sum();
        channel.write(ByteBuffer.wrap(sum), offset);
        channel.force(false);
        channel.close();
        var name = "pack-" + HexFormat.of().formatHex(sum);
        var index = folder.resolve(UNFINISHED + "chain_idx");
        writeIndex(index, sum);
        // the index makes git see the pack, so it comes last
        Files.move(file, folder.resolve(name + ".pack"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(index, folder.resolve(name + ".idx"), StandardCopyOption.ATOMIC_MOVE);
        return name;
    }

    private byte[] sum() throws IOException {
        var sha = GitObject.sha1();
        var buffer = ByteBuffer.allocate(1 << 16);
        for (long at = 0; at < offset; ) {
            buffer.clear();
            at += channel.read(buffer, at);
            sha.update(buffer.flip());
        }
        return sha.digest();
    }

    private void writeIndex(Path index, byte[] packSum) throws IOException {
        List<Placed> sorted = new ArrayList<>(objects.values());
        sorted.sort(Comparator.comparing(placed -> placed.id().hex()));
        Files.deleteIfExists(index);
        try (var to =
                FileChannel.open(index, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var sha = GitObject.sha1();
            var buffered = new BufferedOutputStream(Channels.newOutputStream(to), 1 << 16);
            var data = new DataOutputStream(new DigestOutputStream(buffered, sha));
            data.writeInt(INDEX_MAGIC);
            data.writeInt(VERSION);
            int count = 0;
            for (int first = 0; first < 256; first++) {
                while (count < sorted.size() && firstByte(sorted.get(count)) <= first) {
                    count++;
                }
                data.writeInt(count);
            }
            for (var placed : sorted) {
                data.write(placed.id().raw());
            }
            for (var placed : sorted) {
                data.writeInt(placed.crc());
            }
            for (var placed : sorted) {
                data.writeInt(Math.toIntExact(placed.offset()));
            }
            data.write(packSum);
            data.flush();
            buffered.write(sha.digest());
            buffered.flush();
            to.force(false);
        }
    }

    private static int firstByte(Placed placed) {
        return Integer.parseInt(placed.id().hex(), 0, 2, 16);
    }

    /** Throws away what has not been finished. */
    @Override
    public void close() throws IOException {
        deflater.end();
        channel.close();
        Files.deleteIfExists(file);
    }
}
