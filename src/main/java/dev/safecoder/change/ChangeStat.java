package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.util.List;
import java.util.function.Function;

/** Short overviews of a change set for people, in the form of git's own. */
public final class ChangeStat {
    private static final int LEAST_NAME = 10;
    private static final int LEAST_GRAPH = 6;

    private ChangeStat() {}

    /** One path a line, as {@code git diff --name-only} lists them. */
    public static String names(ChangeSet set, Function<RelativePath, String> shown) {
        var text = new StringBuilder();
        set.changes().forEach(change -> text.append(shown.apply(change.path())).append('\n'));
        return text.toString();
    }

    /**
     * A line for each change with its size as a graph, then the sums; empty for no changes.
     *
     * @param shown how a path is shown; what it returns is put into the text as it is
     * @param width the most columns a line may take, if it can be held
     */
    public static String graph(ChangeSet set, Function<RelativePath, String> shown, int width) {
        if (set.changes().isEmpty()) {
            return "";
        }
        var names = set.changes().stream().map(change -> name(change, shown)).toList();
        int numberWidth = numberWidth(set.changes());
        int room = width - numberWidth - 6; // " name | 12 graph"
        int nameWidth =
                Math.min(
                        names.stream().mapToInt(ChangeStat::columns).max().orElse(0),
                        Math.max(LEAST_NAME, room - LEAST_GRAPH));
        int graphWidth = Math.max(LEAST_GRAPH, room - nameWidth);
        int most = set.changes().stream().mapToInt(ChangeStat::lines).max().orElse(0);
        var text = new StringBuilder();
        for (int at = 0; at < names.size(); at++) {
            var change = set.changes().get(at);
            var name = shortened(names.get(at), nameWidth);
            text.append(' ').append(name).repeat(" ", nameWidth - columns(name)).append(" | ");
            if (change.content() == Change.Content.BINARY) {
                text.append(sizes(change, numberWidth));
            } else {
                var number = Integer.toString(lines(change));
                text.repeat(" ", numberWidth - number.length()).append(number);
                appendGraph(text, change.lines(), most, graphWidth);
            }
            text.append('\n');
        }
        return text.append(sums(set.changes())).append('\n').toString();
    }

    private static String name(Change change, Function<RelativePath, String> shown) {
        var path = shown.apply(change.path());
        return change.from().map(from -> shown.apply(from) + " => " + path).orElse(path);
    }

    private static int numberWidth(List<Change> changes) {
        int most = changes.stream().mapToInt(ChangeStat::lines).max().orElse(0);
        boolean binary =
                changes.stream().anyMatch(change -> change.content() == Change.Content.BINARY);
        return Math.max(Integer.toString(most).length(), binary ? 3 : 1);
    }

    private static int lines(Change change) {
        return change.lines().added() + change.lines().deleted();
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A name that is too long loses its beginning. */
    private static String shortened(String name, int width) {
        int tooMany = columns(name) - width;
        return tooMany <= 0
                ? name
                : "..." + name.substring(name.offsetByCodePoints(0, tooMany + 3));
    }

    private static String sizes(Change change, int numberWidth) {
        return "%s %d -> %d bytes"
                .formatted(
                        " ".repeat(numberWidth - 3) + "Bin",
                        change.before().map(TreeEntry::size).orElse(0L),
                        change.after().map(TreeEntry::size).orElse(0L));
    }

    private static void appendGraph(
            StringBuilder text, Change.LineCount lines, int most, int graphWidth) {
        int added = scaled(lines.added(), most, graphWidth);
        int deleted = scaled(lines.deleted(), most, graphWidth);
        if (added + deleted > 0) {
            text.append(' ').repeat("+", added).repeat("-", deleted);
        }
    }

    /** At least one mark for what is more than nothing. */
    private static int scaled(int lines, int most, int graphWidth) {
        if (lines == 0 || most <= graphWidth) {
            return lines;
        }
        return (int) Math.max(1, (long) lines * (graphWidth - 1) / most);
    }

    private static String sums(List<Change> changes) {
        int added = changes.stream().mapToInt(change -> change.lines().added()).sum();
        int deleted = changes.stream().mapToInt(change -> change.lines().deleted()).sum();
        var text = new StringBuilder(" ").append(count(changes.size(), "file")).append(" changed");
        if (added > 0 || deleted == 0) {
            text.append(", ").append(count(added, "insertion")).append("(+)");
        }
        if (deleted > 0 || added == 0) {
            text.append(", ").append(count(deleted, "deletion")).append("(-)");
        }
        return text.toString();
    }

    private static String count(int number, String of) {
        return number == 1 ? "1 " + of : number + " " + of + "s";
    }
}
