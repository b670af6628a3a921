package dev.safecoder.apply;

import java.util.ArrayList;

/** Replaces lines of a text, last ones first. */
final class HandBuilt {
    private final ArrayList<String> lines;

    HandBuilt(String text) {
        lines = new ArrayList<>(text.lines().map(line -> line + "\n").toList());
    }

    void replace(int start, int end, String text) {
        lines.subList(start, end).clear();
        lines.add(start, text);
    }

    String text() {
        return String.join("", lines);
    }
}
