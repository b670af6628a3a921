package dev.safecoder.change;

import java.util.Arrays;

/**
 * Gives every line of two contents a number, equal lines the same one, so that comparing lines is
 * comparing numbers.
 */
final class LineClasses {
    private final long multiplier;
    private final int mask;
    private final int[] slots;
    private final int[] lines;
    private final boolean[] inAfter;
    private final Lines before;
    private final Lines after;
    private int count;

    private LineClasses(Lines before, Lines after, long seed) {
        int most = before.count() + after.count();
        int size = Integer.highestOneBit(Math.max(8, most)) * 4;
        this.before = before;
        this.after = after;
        this.multiplier = seed | 1;
        this.mask = size - 1;
        this.slots = new int[size];
        this.lines = new int[most];
        this.inAfter = new boolean[most];
        Arrays.fill(slots, -1);
    }

    /** The numbers of both contents' lines, and how many different ones there are. */
    record Numbered(int[] before, int[] after, int classes) {}

    /**
     * @param seed what the author of the contents cannot choose, so that nobody can make lines that
     *     all fall into one slot
     */
    static Numbered of(Lines before, Lines after, long seed) {
        var classes = new LineClasses(before, after, seed);
        return new Numbered(
                classes.number(before, false), classes.number(after, true), classes.count);
    }

    private int[] number(Lines content, boolean isAfter) {
        var numbers = new int[content.count()];
        for (int line = 0; line < numbers.length; line++) {
            numbers[line] = number(content, line, isAfter);
        }
        return numbers;
    }

    private int number(Lines content, int line, boolean isAfter) {
        int slot = hash(content, line) & mask;
        while (slots[slot] >= 0) {
            int known = slots[slot];
            if (content.same(line, inAfter[known] ? after : before, lines[known])) {
                return known;
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = count;
        lines[count] = line;
        inAfter[count] = isAfter;
        return count++;
    }

    private int hash(Lines content, int line) {
        var bytes = content.content();
        int end = content.start(line) + content.length(line);
        long hash = multiplier;
        for (int at = content.start(line); at < end; at++) {
            hash = (hash ^ bytes[at]) * multiplier;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ hash >>> 17);
    }
}
