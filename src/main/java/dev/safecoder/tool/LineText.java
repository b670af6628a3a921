package dev.safecoder.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A text as lines that know where they stand in it. */
final class LineText {
    private final String text;
    private final int[] starts;

    LineText(String text) {
        this.text = text;
        this.starts = starts(text);
    }

    private static int[] starts(String text) {
        var starts = new int[1 + (int) text.chars().filter(one -> one == '\n').count()];
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts[line++] = at + 1;
        }
        boolean endsWithLine = starts[starts.length - 1] == text.length();
        return endsWithLine ? Arrays.copyOf(starts, starts.length - 1) : starts;
    }

    int count() {
        return starts.length;
    }

    /** Where line {@code index}, from 0, begins; the text's end for the one after the last. */
    int start(int index) {
        return index < starts.length ? starts[index] : text.length();
    }

    /** Where it ends, its line feed excluded. */
    int contentEnd(int index) {
        int next = start(index + 1);
        return isEnded(index) ? next - 1 : next;
    }

    /** Whether a line feed ends it; only the last may have none. */
    boolean isEnded(int index) {
        return start(index + 1) > start(index) && text.charAt(start(index + 1) - 1) == '\n';
    }

    /** The line without its line feed. */
    String content(int index) {
        return text.substring(start(index), contentEnd(index));
    }

    /** The line with its line feed, if it has one. */
    String whole(int index) {
        return text.substring(start(index), start(index + 1));
    }

    /** A part of the text. */
    String text(int start, int end) {
        return text.substring(start, end);
    }

    /** The index of the line in which a place of the text lies. */
    int at(int place) {
        int found = Arrays.binarySearch(starts, place);
        return found >= 0 ? found : -found - 2;
    }

    /** The indexes at which all of the other text's lines follow each other, this nearly. */
    List<Integer> runsOf(LineText other, Closeness closeness, int most) {
        var joined = new StringBuilder("\n");
        var places = new int[count()];
        for (int line = 0; line < count(); line++) {
            places[line] = joined.length() - 1;
            joined.append(closeness.normal(content(line))).append('\n');
        }
        var found = new ArrayList<Integer>();
        for (int place :
                TextSearch.occurrences(joined.toString(), other.normalised(closeness), most)) {
            found.add(Arrays.binarySearch(places, place));
        }
        return found;
    }

    /** All lines at this closeness, a line feed before, between and after them. */
    private String normalised(Closeness closeness) {
        return lines().stream()
                .map(closeness::normal)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** Its lines without their line feeds. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (int line = 0; line < count(); line++) {
            lines.add(content(line));
        }
        return lines;
    }
}
