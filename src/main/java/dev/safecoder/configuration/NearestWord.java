package dev.safecoder.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person meant to write. */
public final class NearestWord {
    private NearestWord() {}

    /** The known word with the fewest edits to it, when it is near enough to be meant. */
    public static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .filter(word -> edits(wrong, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> edits(wrong, word)));
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    private static int edits(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : cheapest(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int cheapest(int[][] table, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best =
                Math.min(
                        table[i - 1][j - 1] + (same ? 0 : 1),
                        Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
