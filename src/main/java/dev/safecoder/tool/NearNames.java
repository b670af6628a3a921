package dev.safecoder.tool;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Finds the names that a model may have meant when there is none as it wrote it. */
final class NearNames {
    private static final int MOST = 3;
    private static final int FAR = 1_000;

    private NearNames() {}

    /** At most three of the names, the nearest first. */
    static List<String> to(String wanted, List<String> names) {
        record Near(String name, int distance) {}
        return names.stream()
                .filter(name -> !name.equals(wanted))
                .map(name -> new Near(name, distance(lower(wanted), lower(name))))
                .filter(near -> near.distance() < FAR)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    private static int distance(String wanted, String name) {
        if (wanted.equals(name)) {
            return 0;
        }
        if (stem(wanted).equals(stem(name))) {
            return 1;
        }
        boolean within =
                Math.min(stem(wanted).length(), stem(name).length()) > 2
                        && (name.contains(stem(wanted)) || wanted.contains(stem(name)));
        if (within) {
            return 2 + Math.abs(wanted.length() - name.length());
        }
        return commonPairs(wanted, name) * 2 >= Math.max(wanted.length(), name.length())
                ? FAR / 2
                : FAR;
    }

    /** How many neighbouring pairs of letters both have; a typing slip costs two of them. */
    private static int commonPairs(String left, String right) {
        var pairs = new TreeSet<String>();
        for (int at = 0; at + 1 < left.length(); at++) {
            pairs.add(left.substring(at, at + 2));
        }
        int common = 0;
        for (int at = 0; at + 1 < right.length(); at++) {
            common += pairs.contains(right.substring(at, at + 2)) ? 1 : 0;
        }
        return common;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
