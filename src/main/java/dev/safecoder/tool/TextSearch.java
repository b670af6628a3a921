package dev.safecoder.tool;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds a text in a text in time proportional to both, whatever they hold (Knuth, Morris, Pratt):
 * both come from a model and from files that it made.
 */
final class TextSearch {
    private TextSearch() {}

    /** Where the needle begins, overlapping places included, at most {@code most} of them. */
    static List<Integer> occurrences(String text, String needle, int most) {
        var found = new ArrayList<Integer>();
        var fallback = fallbacks(needle);
        int matched = 0;
        for (int at = 0; at < text.length() && found.size() < most; at++) {
            while (matched > 0
                    && (matched == needle.length() || needle.charAt(matched) != text.charAt(at))) {
                matched = fallback[matched - 1];
            }
            if (needle.charAt(matched) == text.charAt(at)) {
                matched++;
            }
            if (matched == needle.length()) {
                found.add(at - matched + 1);
            }
        }
        return found;
    }

    /** For each start of the needle: how much of its end is a start again. */
    private static int[] fallbacks(String needle) {
        var fallback = new int[needle.length()];
        int matched = 0;
        for (int at = 1; at < needle.length(); at++) {
            while (matched > 0 && needle.charAt(matched) != needle.charAt(at)) {
                matched = fallback[matched - 1];
            }
            if (needle.charAt(matched) == needle.charAt(at)) {
                matched++;
            }
            fallback[at] = matched;
        }
        return fallback;
    }
}
