package dev.safecoder.change;

/**
 * Searches one box from both corners for a point on a shortest path through it. In the box, x
 * counts what has been passed of {@code before} and y of {@code after}; diagonal k is where x - y =
 * k. A front holds, for each diagonal, how far it has come with the edits spent so far.
 */
final class MiddlePoint {
    private static final int NOT_REACHED = -1;
    private static final int NOT_REACHED_BACKWARD = Integer.MAX_VALUE;

    private final int[] before;
    private final int[] after;
    private final int costBound;
    private final int[] forward;
    private final int[] backward;

    private int beforeStart;
    private int afterStart;
    private int width;
    private int height;

    /** Where diagonal 0 lies in the arrays. */
    private int zero;

    private Front front = new Front(0, 0, 0);
    private Front back = new Front(0, 0, 0);
    private int x;
    private int y;

    MiddlePoint(int[] before, int[] after, int costBound) {
        this.before = before;
        this.after = after;
        this.costBound = costBound;
        this.forward = new int[before.length + after.length + 3];
        this.backward = new int[before.length + after.length + 3];
    }

    /** The diagonals of one side, every other one between low and high. */
    private static final class Front {
        private final int lowest;
        private final int highest;
        private int low;
        private int high;

        Front(int start, int height, int width) {
            this.low = start;
            this.high = start;
            this.lowest = -height;
            this.highest = width;
        }

        /** One diagonal more on either side, or one less where the box ends. */
        void widen(int[] reached, int zero, int notReached) {
            if (low > lowest) {
                low--;
                reached[zero + low - 1] = notReached;
            } else {
                low++;
            }
            if (high < highest) {
                high++;
                reached[zero + high + 1] = notReached;
            } else {
                high--;
            }
        }

        boolean holds(int k) {
            return k >= low && k <= high && (k - low & 1) == 0;
        }
    }

    int x() {
        return x;
    }

    int y() {
        return y;
    }

    /**
     * Finds the point, then to be had from {@link #x()} and {@link #y()}, counted from the box's
     * start. The box has both sides, and differs in its first and in its last element.
     */
    void find(int beforeFrom, int beforeTo, int afterFrom, int afterTo) {
        beforeStart = beforeFrom;
        afterStart = afterFrom;
        width = beforeTo - beforeFrom;
        height = afterTo - afterFrom;
        zero = height + 1;
        int corner = width - height;
        front = new Front(0, height, width);
        back = new Front(corner, height, width);
        forward[zero] = 0;
        backward[zero + corner] = width;
        boolean meetsForward = (corner & 1) != 0;
        for (int cost = 1; cost <= costBound; cost++) {
            if (advance(meetsForward) || retreat(!meetsForward)) {
                return;
            }
        }
        cut();
    }

    /** Spends one more edit from the start; true when the way back has been met. */
    private boolean advance(boolean mayMeet) {
        front.widen(forward, zero, NOT_REACHED);
        for (int k = front.high; k >= front.low; k -= 2) {
            int at = slideForward(stepForward(k), k);
            forward[zero + k] = at;
            if (mayMeet && back.holds(k) && at >= backward[zero + k]) {
                return found(at, k);
            }
        }
        return false;
    }

    /** Spends one more edit from the end; true when the way forward has been met. */
    private boolean retreat(boolean mayMeet) {
        back.widen(backward, zero, NOT_REACHED_BACKWARD);
        for (int k = back.high; k >= back.low; k -= 2) {
            int at = slideBackward(stepBackward(k), k);
            backward[zero + k] = at;
            if (mayMeet && front.holds(k) && at <= forward[zero + k]) {
                return found(at, k);
            }
        }
        return false;
    }

    private boolean found(int at, int k) {
        x = at;
        y = at - k;
        return true;
    }

    private int stepForward(int k) {
        int left = forward[zero + k - 1];
        int above = forward[zero + k + 1];
        int byDeletion = left == NOT_REACHED || left == width ? NOT_REACHED : left + 1;
        int byInsertion = above == NOT_REACHED || above - k > height ? NOT_REACHED : above;
        return Math.max(byDeletion, byInsertion);
    }

    private int stepBackward(int k) {
        int right = backward[zero + k + 1];
        int below = backward[zero + k - 1];
        int byDeletion =
                right == NOT_REACHED_BACKWARD || right == 0 ? NOT_REACHED_BACKWARD : right - 1;
        int byInsertion = below == NOT_REACHED_BACKWARD || below < k ? NOT_REACHED_BACKWARD : below;
        return Math.min(byDeletion, byInsertion);
    }

    private int slideForward(int from, int k) {
        if (from == NOT_REACHED) {
            return NOT_REACHED;
        }
        int at = from;
        while (at < width
                && at - k < height
                && before[beforeStart + at] == after[afterStart + at - k]) {
            at++;
        }
        return at;
    }

    private int slideBackward(int from, int k) {
        if (from == NOT_REACHED_BACKWARD) {
            return NOT_REACHED_BACKWARD;
        }
        int at = from;
        while (at > 0 && at > k && before[beforeStart + at - 1] == after[afterStart + at - k - 1]) {
            at--;
        }
        return at;
    }

    /** Too dear to go on: takes the point on either front with the most behind it. */
    private void cut() {
        int most = -1;
        for (int k = front.low; k <= front.high; k += 2) {
            int at = forward[zero + k];
            if (at != NOT_REACHED && 2 * at - k > most) {
                most = 2 * at - k;
                found(at, k);
            }
        }
        for (int k = back.low; k <= back.high; k += 2) {
            int at = backward[zero + k];
            if (at != NOT_REACHED_BACKWARD && width + height - (2 * at - k) > most) {
                most = width + height - (2 * at - k);
                found(at, k);
            }
        }
    }
}
