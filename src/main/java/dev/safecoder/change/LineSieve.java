package dev.safecoder.change;

import java.util.Arrays;

/**
 * Takes out, before two sequences are compared, the lines that cannot help: those that the other
 * side does not have, and those that it has very often and that stand among such as it does not
 * have. The latter keeps a closing brace from splitting a part that was written anew, as git does.
 */
final class LineSieve {
    private static final int MOST_OFTEN = 1024;
    private static final int WINDOW = 100;
    private static final int SHARE = 4;

    private final int[] countsInOther;
    private final int often;

    LineSieve(int[] countsInOther, int lines) {
        this.countsInOther = countsInOther;
        this.often = Math.min(MOST_OFTEN, rootOf(lines));
    }

    /** The power of two that git takes for the square root. */
    private static int rootOf(int lines) {
        int root = 1;
        for (int left = lines; left > 0; left >>= 2) {
            root <<= 1;
        }
        return root;
    }

    private enum Match {
        NONE,
        SOME,
        OFTEN
    }

    /** The lines that stay, of those from start to end; the others are marked as changed. */
    int[] sift(int[] numbers, int start, int end, boolean[] changed) {
        var matches = new Match[end - start];
        for (int at = 0; at < matches.length; at++) {
            int count = countsInOther[numbers[start + at]];
            matches[at] = count == 0 ? Match.NONE : count >= often ? Match.OFTEN : Match.SOME;
        }
        var kept = new int[matches.length];
        int count = 0;
        for (int at = 0; at < matches.length; at++) {
            if (matches[at] == Match.NONE || matches[at] == Match.OFTEN && isLost(matches, at)) {
                changed[start + at] = true;
            } else {
                kept[count++] = start + at;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Whether lines without a match stand on both sides of it and are the great majority. */
    private static boolean isLost(Match[] matches, int at) {
        int none = 0;
        int often = 2; // itself, once for each side
        for (int step : new int[] {-1, 1}) {
            int noneHere = 0;
            int most = Math.min(WINDOW, step < 0 ? at : matches.length - 1 - at);
            for (int distance = 1; distance <= most; distance++) {
                var match = matches[at + step * distance];
                if (match == Match.SOME) {
                    break;
                }
                if (match == Match.NONE) {
                    noneHere++;
                } else {
                    often++;
                }
            }
            if (noneHere == 0) {
                return false;
            }
            none += noneHere;
        }
        return often * SHARE < often + none;
    }
}
