package dev.safecoder.sandbox.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The one archive that is ever sent to an engine, in the oldest format (POSIX ustar). */
final class Tar {
    private static final int BLOCK = 512;

    /** No user of ours: even root without capabilities cannot write what belongs to it. */
    private static final int NOBODY = 65_534;

    private Tar() {}

    /** The guest in a folder that nobody inside can write to, and the workspace with its owner. */
    static byte[] of(byte[] guest, int uid, int gid) {
        var tar = new ByteArrayOutputStream();
        tar.writeBytes(header(".safe-coder/", '5', 0555, NOBODY, NOBODY, 0));
        tar.writeBytes(header(".safe-coder/guest", '0', 0555, NOBODY, NOBODY, guest.length));
        tar.writeBytes(Arrays.copyOf(guest, (guest.length + BLOCK - 1) / BLOCK * BLOCK));
        tar.writeBytes(header("workspace/", '5', 0755, uid, gid, 0));
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
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
