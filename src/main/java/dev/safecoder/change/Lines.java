package dev.safecoder.change;

import java.util.Arrays;

/**
 * A content cut into lines. A line ends with its line feed; the last one may have none. Nothing
 * else ends a line, so a carriage return is a byte like any other.
 */
final class Lines {
    private final byte[] content;
    private final int[] starts;
    private final int count;

    private Lines(byte[] content, int[] starts, int count) {
        this.content = content;
        this.starts = starts;
        this.count = count;
    }

    /** The content is kept, not copied. */
    static Lines of(byte[] content) {
        var starts = new int[count(content) + 1];
        int line = 0;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == '\n') {
                starts[++line] = at + 1;
            }
        }
        starts[starts.length - 1] = content.length;
        return new Lines(content, starts, starts.length - 1);
    }

    /** How many lines a content has. */
    static int count(byte[] content) {
        int count = 0;
        for (byte one : content) {
            if (one == '\n') {
                count++;
            }
        }
        boolean open = content.length > 0 && content[content.length - 1] != '\n';
        return open ? count + 1 : count;
    }

    int count() {
        return count;
    }

    byte[] content() {
        return content;
    }

    /** Where a line starts; for the number of lines, the end of the content. */
    int start(int line) {
        return starts[line];
    }

    int length(int line) {
        return starts[line + 1] - starts[line];
    }

    boolean same(int line, Lines other, int otherLine) {
        return Arrays.equals(
                content,
                starts[line],
                starts[line + 1],
                other.content,
                other.starts[otherLine],
                other.starts[otherLine + 1]);
    }

    /** Whether the last line ends without a line feed. */
    boolean endsOpen() {
        return content.length > 0 && content[content.length - 1] != '\n';
    }
}
