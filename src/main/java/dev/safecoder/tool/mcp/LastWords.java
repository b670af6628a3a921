package dev.safecoder.tool.mcp;

import java.nio.charset.StandardCharsets;

/** Keeps the end of what a server says of itself, to explain its failure. */
final class LastWords {
    private static final int MOST_KEPT = 2_000;
    private static final int MOST_SHOWN = 200;

    private final StringBuilder kept = new StringBuilder();

    synchronized void add(byte[] bytes) {
        int from = Math.max(0, bytes.length - MOST_KEPT);
        kept.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        kept.delete(0, Math.max(0, kept.length() - MOST_KEPT));
    }

    /** The last line that says something; empty when none does. */
    synchronized String line() {
        return cut(kept.toString().lines().filter(it -> !it.isBlank()).reduce("", (_, it) -> it));
    }

    static String cut(String line) {
        var text = line.strip();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
