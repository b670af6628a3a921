package dev.safecoder.change;

import dev.safecoder.change.ShortestEdit.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What changed between two contents, line by line: the same lines as {@code git diff} finds with
 * its default algorithm, in time near linear to the number of lines.
 */
final class LineDiff {
    private final int[] before;
    private final int[] after;
    private final int classes;
    private final boolean[] deleted;
    private final boolean[] inserted;

    private LineDiff(LineClasses.Numbered lines) {
        before = lines.before();
        after = lines.after();
        classes = lines.classes();
        deleted = new boolean[before.length];
        inserted = new boolean[after.length];
    }

    /**
     * The edits in order, never touching one another.
     *
     * @param seed see {@link LineClasses}
     */
    static List<Edit> between(Lines before, Lines after, long seed) {
        var diff = new LineDiff(LineClasses.of(before, after, seed));
        diff.mark();
        return diff.edits();
    }

    private void mark() {
        int start = 0;
        int beforeEnd = before.length;
        int afterEnd = after.length;
        while (start < beforeEnd && start < afterEnd && before[start] == after[start]) {
            start++;
        }
        while (beforeEnd > start
                && afterEnd > start
                && before[beforeEnd - 1] == after[afterEnd - 1]) {
            beforeEnd--;
            afterEnd--;
        }
        var keptBefore =
                new LineSieve(counts(after), before.length).sift(before, start, beforeEnd, deleted);
        var keptAfter =
                new LineSieve(counts(before), after.length).sift(after, start, afterEnd, inserted);
        ShortestEdit.mark(side(before, keptBefore, deleted), side(after, keptAfter, inserted));
        slideDown();
    }

    private int[] counts(int[] numbers) {
        var counts = new int[classes];
        for (int number : numbers) {
            counts[number]++;
        }
        return counts;
    }

    private static Side side(int[] all, int[] lines, boolean[] changed) {
        return new Side(Arrays.stream(lines).map(line -> all[line]).toArray(), lines, changed);
    }

    private List<Edit> edits() {
        var edits = new ArrayList<Edit>();
        int x = 0;
        int y = 0;
        while (x < before.length || y < after.length) {
            int beforeStart = x;
            int afterStart = y;
            while (x < before.length && deleted[x]) {
                x++;
            }
            while (y < after.length && inserted[y]) {
                y++;
            }
            if (x > beforeStart || y > afterStart) {
                edits.add(new Edit(beforeStart, x, afterStart, y));
            } else {
                x++;
                y++;
            }
        }
        return edits;
    }

    /**
     * An insertion (or deletion) whose first line equals the line below it can as well be said to
     * start one line lower; it is moved down as far as it goes, joining what it meets.
     */
    private void slideDown() {
        slideDown(after, inserted, before, deleted);
        slideDown(before, deleted, after, inserted);
    }

    private static void slideDown(
            int[] lines, boolean[] changed, int[] others, boolean[] othersChanged) {
        int other = 0;
        int at = 0;
        while (at < lines.length) {
            if (!changed[at]) {
                while (other < others.length && othersChanged[other]) {
                    other++;
                }
                other++;
                at++;
                continue;
            }
            int start = at;
            int end = at;
            while (end < lines.length && changed[end]) {
                end++;
            }
            while (end < lines.length
                    && lines[start] == lines[end]
                    && !(other < others.length && othersChanged[other])) {
                changed[start++] = false;
                changed[end++] = true;
                other++;
                while (end < lines.length && changed[end]) {
                    end++;
                }
            }
            at = end;
        }
    }
}
