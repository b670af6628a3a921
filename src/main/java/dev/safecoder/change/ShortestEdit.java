package dev.safecoder.change;

import java.util.ArrayDeque;

/**
 * Finds what must be deleted and inserted to turn one sequence of numbers into another, by Myers'
 * algorithm in linear space ("An O(ND) Difference Algorithm and Its Variations", 1986, section 4b).
 * The answer is the shortest there is until the work for one part exceeds a bound; then that part
 * is cut where most is behind it, so the time stays near linear whatever the input.
 */
final class ShortestEdit {
    /** What git spends at least; more would make large rewritten files slow. */
    private static final int COST_BOUND = 256;

    /** The places of one side that are to be marked, and the numbers that stand there. */
    record Side(int[] numbers, int[] lines, boolean[] changed) {
        void mark(int from, int to) {
            for (int at = from; at < to; at++) {
                changed[lines[at]] = true;
            }
        }
    }

    /** Two ranges still to be compared. */
    private record Box(int beforeStart, int beforeEnd, int afterStart, int afterEnd) {}

    private ShortestEdit() {}

    /** Marks what is deleted on the one side and inserted on the other. */
    static void mark(Side before, Side after) {
        int width = before.numbers.length;
        int height = after.numbers.length;
        var middle = new MiddlePoint(before.numbers, after.numbers, COST_BOUND);
        var open = new ArrayDeque<Box>();
        open.push(new Box(0, width, 0, height));
        while (!open.isEmpty()) {
            var box = trim(open.pop(), before.numbers, after.numbers);
            if (box.beforeStart == box.beforeEnd || box.afterStart == box.afterEnd) {
                before.mark(box.beforeStart, box.beforeEnd);
                after.mark(box.afterStart, box.afterEnd);
                continue;
            }
            middle.find(box.beforeStart, box.beforeEnd, box.afterStart, box.afterEnd);
            int x = box.beforeStart + middle.x();
            int y = box.afterStart + middle.y();
            open.push(new Box(x, box.beforeEnd, y, box.afterEnd));
            open.push(new Box(box.beforeStart, x, box.afterStart, y));
        }
    }

    private static Box trim(Box box, int[] before, int[] after) {
        int x = box.beforeStart;
        int y = box.afterStart;
        int xEnd = box.beforeEnd;
        int yEnd = box.afterEnd;
        while (x < xEnd && y < yEnd && before[x] == after[y]) {
            x++;
            y++;
        }
        while (x < xEnd && y < yEnd && before[xEnd - 1] == after[yEnd - 1]) {
            xEnd--;
            yEnd--;
        }
        return new Box(x, xEnd, y, yEnd);
    }
}
