package dev.safecoder.tool;

/** How much two sequences share at their starts and, of what is left, at their ends. */
record CommonEnds(int head, int tail) {

    /** Whether element {@code left} of the one is element {@code right} of the other. */
    @FunctionalInterface
    interface Same {
        boolean test(int left, int right);
    }

    static CommonEnds of(int leftLength, int rightLength, Same same) {
        int shorter = Math.min(leftLength, rightLength);
        int head = 0;
        while (head < shorter && same.test(head, head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && same.test(leftLength - 1 - tail, rightLength - 1 - tail)) {
            tail++;
        }
        return new CommonEnds(head, tail);
    }
}
