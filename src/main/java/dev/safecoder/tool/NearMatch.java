package dev.safecoder.tool;

import dev.safecoder.tool.EditMatch.Edit;
import dev.safecoder.tool.EditMatch.Place;
import dev.safecoder.tool.EditableText.Splice;
import java.util.Optional;

/**
 * One edit at whole lines of a file that agree with it nearly. Only lines that differ between the
 * edit's old and new text change; the file's other lines keep their bytes.
 */
final class NearMatch {
    private final LineText file;
    private final int first;
    private final LineText before;
    private final LineText after;

    private NearMatch(LineText file, int first, Edit edit) {
        this.file = file;
        this.first = first;
        this.before = new LineText(edit.before());
        this.after = new LineText(edit.after());
    }

    /**
     * The edit with its old text at line {@code first}; empty when the new text's indentation
     * cannot be told.
     */
    static Optional<Place> at(LineText file, int first, Edit edit, Closeness closeness) {
        int lines = new LineText(edit.before()).count();
        boolean lastIsOpen = !file.isEnded(first + lines - 1);
        var match = new NearMatch(file, first, lastIsOpen ? edit.withoutLastLineFeed() : edit);
        if (!closeness.ignoresIndentation()) {
            return Optional.of(match.place(match.after));
        }
        return Indentation.learn(match.before, file, first)
                .map(indentation -> match.place(match.indented(indentation)));
    }

    private LineText indented(Indentation indentation) {
        var text = new StringBuilder();
        for (int line = 0; line < after.count(); line++) {
            text.append(indentation.apply(after.whole(line)));
        }
        return new LineText(text.toString());
    }

    private Place place(LineText written) {
        var common =
                CommonEnds.of(
                        before.count(),
                        after.count(),
                        (left, right) -> before.whole(left).equals(after.whole(right)));
        int from = common.head() < before.count() ? file.start(first + common.head()) : end(0);
        boolean inserts = common.head() + common.tail() == before.count();
        int to = inserts ? from : end(common.tail());
        int start = written.start(common.head());
        int end = written.start(written.count() - common.tail());
        return new Place(file.start(first), end(0), new Splice(from, to, written.text(start, end)));
    }

    /** Where the old text, without so many of its last lines, ends in the file. */
    private int end(int without) {
        int last = before.count() - 1 - without;
        return before.isEnded(last) ? file.start(first + last + 1) : file.contentEnd(first + last);
    }
}
