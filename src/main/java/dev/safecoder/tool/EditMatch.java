package dev.safecoder.tool;

import dev.safecoder.tool.EditableText.Splice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds where one edit applies in a file: exactly, or nearly and then in one place only. */
final class EditMatch {
    static final int MOST_PLACES = 10_000;
    private static final int MOST_NAMED = 10;

    private final EditableText file;
    private final LineText lines;

    EditMatch(EditableText file) {
        this.file = file;
        this.lines = file.lines();
    }

    /** One edit; both texts in the form of {@link EditableText}. */
    record Edit(String before, String after, Extent extent) {
        static Edit of(String before, String after, Extent extent) {
            return new Edit(EditableText.form(before), EditableText.form(after), extent);
        }

        Edit withoutLastLineFeed() {
            return before.endsWith("\n")
                    ? new Edit(withoutLastLineFeed(before), withoutLastLineFeed(after), extent)
                    : this;
        }

        private static String withoutLastLineFeed(String text) {
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /** In how many places an edit is meant. */
    enum Extent {
        ONE,
        ALL
    }

    /** Where an edit applies, or why nowhere, as the rest of a sentence about its old text. */
    sealed interface Found {
        /** In order, without overlaps. */
        record Places(List<Place> places, Closeness closeness) implements Found {}

        record Nowhere(String reason) implements Found {}
    }

    /** What was matched, and the part of it that changes. */
    record Place(int start, int end, Splice splice) {}

    Found find(Edit edit) {
        var exact = exactly(edit);
        if (!exact.isEmpty()) {
            return chosen(exact, edit.extent(), Closeness.EXACT);
        }
        for (var closeness : Closeness.NOT_EXACT) {
            var near = nearly(edit, closeness);
            if (!near.isEmpty()) {
                return chosen(near, Extent.ONE, closeness);
            }
        }
        return new Found.Nowhere("was not found" + hint(edit));
    }

    private List<Place> exactly(Edit edit) {
        var before = edit.before();
        var after = edit.after();
        // what old and new text share at both ends keeps its bytes
        var common =
                CommonEnds.of(
                        before.length(),
                        after.length(),
                        (left, right) -> before.charAt(left) == after.charAt(right));
        var changed = after.substring(common.head(), after.length() - common.tail());
        return TextSearch.occurrences(file.text(), before, MOST_PLACES + 1).stream()
                .map(
                        start -> {
                            int end = start + before.length();
                            var splice =
                                    new Splice(start + common.head(), end - common.tail(), changed);
                            return new Place(start, end, splice);
                        })
                .toList();
    }

    private List<Place> nearly(Edit edit, Closeness closeness) {
        var before = new LineText(edit.before());
        boolean blank = before.lines().stream().allMatch(line -> closeness.normal(line).isEmpty());
        if (blank) {
            return List.of(); // blank lines are everywhere
        }
        var places = new ArrayList<Place>();
        for (int first : lines.runsOf(before, closeness, MOST_NAMED + 1)) {
            NearMatch.at(lines, first, edit, closeness).ifPresent(places::add);
        }
        return places;
    }

    private Found chosen(List<Place> places, Extent extent, Closeness closeness) {
        if (extent == Extent.ONE && places.size() > 1) {
            return new Found.Nowhere(several(places, closeness));
        }
        return places.size() > MOST_PLACES
                ? new Found.Nowhere("stands in more than 10,000 places; change them with bash")
                : new Found.Places(withoutOverlaps(places), closeness);
    }

    private String several(List<Place> places, Closeness closeness) {
        var named =
                places.stream()
                        .limit(MOST_NAMED)
                        .map(place -> String.valueOf(lineOf(place.start())))
                        .collect(Collectors.joining(", "));
        var where = places.size() > MOST_NAMED ? named + ", ..." : named;
        return closeness == Closeness.EXACT
                ? "stands there %s times (lines %s); give more of the text around the place that you mean, or set replace_all"
                        .formatted(
                                places.size() > MOST_PLACES ? "over 10,000" : places.size(), where)
                : "was not found exactly, and nearly on several lines (%s); give the exact text"
                        .formatted(where);
    }

    private static List<Place> withoutOverlaps(List<Place> places) {
        var apart = new ArrayList<Place>();
        int end = 0;
        for (var place : places) {
            if (place.start() >= end) {
                apart.add(place);
                end = place.end();
            }
        }
        return apart;
    }

    /** Where the old text's first line with something in it stands on its own. */
    private String hint(Edit edit) {
        var wanted =
                new LineText(edit.before())
                        .lines().stream()
                                .map(Closeness.PUNCTUATION::normal)
                                .filter(line -> !line.isEmpty())
                                .findFirst();
        if (wanted.isEmpty()) {
            return "";
        }
        var found = lines.runsOf(new LineText(wanted.get()), Closeness.PUNCTUATION, MOST_NAMED);
        if (found.isEmpty()) {
            return "; read the file again and copy the text exactly";
        }
        var where =
                found.stream()
                        .map(line -> String.valueOf(line + 1))
                        .collect(Collectors.joining(", "));
        return "; its first line stands there (line %s): read on from there and copy the text exactly"
                .formatted(where);
    }

    /** The number, from 1, of the line in which a place of the text lies. */
    int lineOf(int place) {
        return lines.at(place) + 1;
    }
}
