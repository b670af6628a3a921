package dev.safecoder.sandbox.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The archives that are sent to an engine, in the oldest format (POSIX ustar). */
final class Tar {
    private static final int BLOCK = 512;

    /** No user of ours: even root without capabilities cannot write what belongs to it. */
    private static final int NOBODY = 65_534;

    private Tar() {}

    /** The guest in a folder that nobody inside can write to, and the workspace with its owner. */
    static byte[] of(byte[] guest, int uid, int gid) {
        return archive(guestIn(".safe-coder/", guest), folder("workspace/", 0755, uid, gid));
    }

    /** The same guest, as the content of its folder. */
    static byte[] guestFolder(byte[] guest) {
        return archive(guestIn("./", guest));
    }

    /** The workspace's owner, as the content of its folder. */
    static byte[] workspaceFolder(int uid, int gid) {
        return archive(folder("./", 0755, uid, gid));
    }

    /** A recipe for an image, with nothing to copy from. */
    static byte[] recipe(byte[] content) {
        return archive(
                joined(
                        header("Dockerfile", '0', 0644, NOBODY, NOBODY, content.length),
                        Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK)));
    }

    private static byte[] guestIn(String folder, byte[] guest) {
        return joined(
                folder(folder, 0555, NOBODY, NOBODY),
                header(folder + "guest", '0', 0555, NOBODY, NOBODY, guest.length),
                Arrays.copyOf(guest, (guest.length + BLOCK - 1) / BLOCK * BLOCK));
    }

    private static byte[] folder(String name, int mode, int uid, int gid) {
        return header(name, '5', mode, uid, gid, 0);
    }

    private static byte[] archive(byte[]... parts) {
        return joined(joined(parts), new byte[2 * BLOCK]);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] header(String name, char kind, int mode, int uid, int gid, long size) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "%07o".formatted(uid));
        put(header, 116, "%07o".formatted(gid));
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, " ".repeat(8)); // the sum counts its own place as blanks
        put(header, 156, String.valueOf(kind));
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
