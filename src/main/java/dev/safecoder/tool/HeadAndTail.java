package dev.safecoder.tool;

/**
 * Keeps the start and the end of a text that may be endless, half of the limit each, and counts
 * what lies between.
 */
final class HeadAndTail {
    private final int half;
    private final StringBuilder head = new StringBuilder();
    private final char[] tail;
    private long count;

    /** Shows at most {@code most} characters (UTF-16 units) of the text. */
    HeadAndTail(int most) {
        this.half = most / 2;
        this.tail = new char[half];
    }

    void append(CharSequence more) {
        int toHead = Math.min(more.length(), half - head.length());
        head.append(more, 0, toHead);
        int from = Math.max(toHead, more.length() - half); // what is before would be overwritten
        long place = count - half + from;
        for (int at = from; at < more.length(); at++) {
            tail[(int) (place++ % half)] = more.charAt(at);
        }
        count += more.length();
    }

    /** Whether some of them are left out. */
    boolean isCut() {
        return count > 2L * half;
    }

    /** All of it, or head and tail with a line between them that says how much is left out. */
    String text() {
        if (!isCut()) {
            return head + tail(0);
        }
        int headEnd = Character.isHighSurrogate(head.charAt(half - 1)) ? half - 1 : half;
        var end = tail((int) ((count - half) % half));
        int tailStart = Character.isLowSurrogate(end.charAt(0)) ? 1 : 0;
        long left = count - headEnd - (half - tailStart);
        return head.substring(0, headEnd)
                + "\n[... %d characters left out ...]\n".formatted(left)
                + end.substring(tailStart);
    }

    /** What followed the head, beginning at this place of the ring. */
    private String tail(int start) {
        int length = (int) Math.min(half, count - head.length());
        var text = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            text.append(tail[(start + at) % half]);
        }
        return text.toString();
    }
}
