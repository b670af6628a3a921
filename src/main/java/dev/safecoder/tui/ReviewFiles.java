package dev.safecoder.tui;

import dev.safecoder.change.Change;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.Verdict;
import dev.safecoder.text.TerminalEncoder;
import dev.safecoder.tui.ReviewPalette.Look;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;

/**
 * The list of files around the current one. Each shows what was decided, {@code y}, {@code n} or
 * {@code ~} for both, {@code .} when a part is left, and {@code !} when it is flagged. Only the
 * files on the screen are looked at.
 */
final class ReviewFiles {
    private final ReviewWalk walk;
    private final ReviewPalette palette;
    private final Map<RelativePath, Known> known = new HashMap<>();

    /** A mark that was found, and the decisions that it holds for. */
    private record Known(FileReview file, char mark) {}

    ReviewFiles(ReviewWalk walk, ReviewPalette palette) {
        this.walk = walk;
        this.palette = palette;
    }

    List<AttributedString> rows(int columns, int rows) throws IOException {
        var changes = walk.place().changes();
        int current = walk.place().file();
        int first = Math.max(0, Math.min(current - rows / 2, changes.size() - rows));
        var lines = new ArrayList<AttributedString>();
        for (int at = first; at < Math.min(first + rows, changes.size()); at++) {
            lines.add(row(changes.get(at), at == current, columns));
        }
        while (lines.size() < rows) {
            lines.add(palette.text(Look.TEXT, " ".repeat(columns)));
        }
        return lines;
    }

    private AttributedString row(Change change, boolean isCurrent, int columns) throws IOException {
        var file = walk.file(change);
        var head =
                "%s%c%s "
                        .formatted(
                                isCurrent ? ">" : " ",
                                mark(file),
                                file.needsConfirmation() ? "!" : " ");
        var path = TerminalEncoder.line(change.path().shown());
        var text = head + ReviewColumns.end(path, columns - head.length());
        var other = file.needsConfirmation() ? Look.WARNING : Look.TEXT;
        return palette.text(isCurrent ? Look.STRONG : other, ReviewColumns.exactly(text, columns));
    }

    private char mark(FileReview file) throws IOException {
        var path = file.change().path();
        var found = known.get(path);
        if (found == null || found.file() != file) {
            found = new Known(file, find(file));
            known.put(path, found);
        }
        return found.mark();
    }

    private char find(FileReview file) throws IOException {
        if (file.isAsFound()) {
            return ' ';
        }
        if (file.hunks().isEmpty()) {
            return letter(file.verdict());
        }
        var text = text(file.change());
        boolean isDecided = text.hunks().stream().allMatch(hunk -> file.isDecided(text, hunk));
        return isDecided ? file.overall(text).map(ReviewFiles::letter).orElse('~') : '.';
    }

    private TextChange text(Change change) throws IOException {
        var here = walk.place();
        return here.change() == change && here.text().isPresent()
                ? here.text().get()
                : TextChange.of(change, walk.review().changes().blobs());
    }

    private static char letter(Verdict verdict) {
        return switch (verdict) {
            case ACCEPT -> 'y';
            case REJECT -> 'n';
            case UNDECIDED -> ' ';
        };
    }
}
