package dev.safecoder.change;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/**
 * A whole content in git's binary form: its length, then its deflated bytes in lines of at most 52
 * bytes, each with a letter for its length and five digits for every four bytes.
 */
final class BinaryPatch {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    private static final int LINE_BYTES = 52;

    private BinaryPatch() {}

    /** Writes the part for one content; it is read once, to its end, and not closed. */
    static void write(long size, InputStream content, OutputStream to) throws IOException {
        to.write("literal %d\n".formatted(size).getBytes(StandardCharsets.US_ASCII));
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            var deflated = new DeflaterInputStream(content, deflater, 1 << 16);
            while (true) {
                var line = deflated.readNBytes(LINE_BYTES);
                if (line.length == 0) {
                    break;
                }
                to.write(line(line));
            }
        } finally {
            deflater.end();
        }
        to.write('\n');
    }

    private static byte[] line(byte[] bytes) {
        int groups = (bytes.length + 3) / 4;
        var line = new byte[1 + 5 * groups + 1];
        int length = bytes.length;
        line[0] = (byte) (length <= 26 ? 'A' + length - 1 : 'a' + length - 27);
        for (int group = 0; group < groups; group++) {
            long value = 0;
            for (int at = 4 * group; at < 4 * group + 4; at++) {
                value = value << 8 | (at < length ? bytes[at] & 0xff : 0);
            }
            for (int digit = 5; digit >= 1; digit--) {
                line[5 * group + digit] = (byte) DIGITS.charAt((int) (value % 85));
                value /= 85;
            }
        }
        line[line.length - 1] = '\n';
        return line;
    }
}
