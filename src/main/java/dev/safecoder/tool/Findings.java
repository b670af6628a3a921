package dev.safecoder.tool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines that a search answers with: so many at most, and at most 50 KiB. */
final class Findings {
    private static final int MOST_BYTES = 50 << 10;

    private final Noun noun;
    private final int most;
    private final StringBuilder lines = new StringBuilder();
    private int count;
    private int bytes;
    private boolean more;

    Findings(Noun noun, int most) {
        this.noun = noun;
        this.most = most;
    }

    /** Takes one more line; false when there is no room for it, and then nothing more counts. */
    boolean add(String line) {
        int size = line.getBytes(StandardCharsets.UTF_8).length + 1;
        if (count == most || bytes + size > MOST_BYTES) {
            more = true;
            return false;
        }
        lines.append(line).append('\n');
        bytes += size;
        count++;
        return true;
    }

    /** The answer: the lines, then what they leave out. */
    Said said(String summary, List<String> notes) {
        var footer = new ArrayList<String>();
        footer.add(
                more
                        ? noun.count(count) + " shown. There are more: narrow the search."
                        : counted() + ".");
        footer.addAll(notes);
        return Said.read(
                lines + "(%s)".formatted(String.join(" ", footer)),
                "%s: %s%s".formatted(summary, more ? "more than " : "", counted()));
    }

    private String counted() {
        return count == 0 ? "No " + noun.many() : noun.count(count);
    }
}
