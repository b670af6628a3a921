package dev.safecoder.tui;

import dev.safecoder.change.Change;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.Patch;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.text.ShownLines;
import dev.safecoder.text.TerminalEncoder;
import dev.safecoder.tui.ReviewPalette.Look;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * The current change on the screen: what it is and what speaks against it, then its hunks, the
 * current one with a bar at its left. Long lines go on in the next row, so nothing hides at the
 * right. Only what is visible is encoded and measured.
 */
final class ReviewText {
    private static final int MOST_KEPT = 64;

    private final ReviewWalk walk;
    private final ReviewPalette palette;
    private final Map<Hunk, List<String>> kept = new IdentityHashMap<>();
    private List<String> head = List.of();
    private @Nullable Change shown;
    private Spot top = Spot.FIRST;
    private int columns = 80;
    private int rows = 24;

    /**
     * One row of the text.
     *
     * @param block 0 is the head, the others are the hunks
     * @param part which row of a line that takes several
     */
    private record Spot(int block, int line, int part) {
        static final Spot FIRST = new Spot(0, 0, 0);

        boolean isBelow(Spot other) {
            return block != other.block
                    ? block > other.block
                    : line != other.line ? line > other.line : part > other.part;
        }
    }

    ReviewText(ReviewWalk walk, ReviewPalette palette) {
        this.walk = walk;
        this.palette = palette;
    }

    void resize(int newColumns, int newRows) throws IOException {
        if (columns != newColumns || rows != newRows) {
            columns = newColumns;
            rows = newRows;
            top = new Spot(top.block(), top.line(), 0);
        }
        open();
    }

    private void open() {
        if (walk.place().change() != shown) {
            shown = walk.place().change();
            kept.clear();
            head = head();
            top = Spot.FIRST;
        }
    }

    private List<String> head() {
        var lines = new ArrayList<String>();
        lines.add(walk.title());
        lines.addAll(walk.reasons());
        if (walk.place().text().isEmpty()) {
            lines.add(walk.size());
        }
        return lines;
    }

    /** Brings the current hunk to the top, as far as there is something below it. */
    void show() throws IOException {
        open();
        int hunk = walk.place().hunkIndex();
        top = hunk == 0 ? Spot.FIRST : new Spot(hunk + 1, 0, 0);
        top = orLastTop(top);
    }

    /** Moves the text by rows; the current hunk is then one that can be seen. */
    void scroll(int by) throws IOException {
        open();
        var to = top;
        for (int moved = 0; moved < Math.abs(by); moved++) {
            var next = by > 0 ? below(to) : above(to);
            if (next.isEmpty()) {
                break;
            }
            to = next.get();
        }
        top = by > 0 ? orLastTop(to) : to;
        keepHunkVisible();
    }

    /** Moves the text by screens. */
    void page(int by) throws IOException {
        scroll(by * Math.max(1, rows - 1));
    }

    private Spot orLastTop(Spot wanted) throws IOException {
        int block = walk.place().hunks().size();
        int line = lines(block).size() - 1;
        var last = new Spot(block, line, parts(block, line).size() - 1);
        for (int up = 1; up < rows; up++) {
            var next = above(last);
            if (next.isEmpty()) {
                break;
            }
            last = next.get();
        }
        return wanted.isBelow(last) ? last : wanted;
    }

    private void keepHunkVisible() throws IOException {
        if (walk.place().text().isEmpty()) {
            return;
        }
        var bottom = top;
        for (int row = 1; row < rows; row++) {
            bottom = below(bottom).orElse(bottom);
        }
        int current = walk.place().hunkIndex() + 1;
        int nearest = Math.max(1, Math.clamp(current, top.block(), bottom.block()));
        walk.place().toHunk(nearest - 1);
    }

    private Optional<Spot> below(Spot spot) throws IOException {
        if (spot.part() + 1 < parts(spot.block(), spot.line()).size()) {
            return Optional.of(new Spot(spot.block(), spot.line(), spot.part() + 1));
        }
        if (spot.line() + 1 < lines(spot.block()).size()) {
            return Optional.of(new Spot(spot.block(), spot.line() + 1, 0));
        }
        return spot.block() < walk.place().hunks().size()
                ? Optional.of(new Spot(spot.block() + 1, 0, 0))
                : Optional.empty();
    }

    private Optional<Spot> above(Spot spot) throws IOException {
        if (spot.part() > 0) {
            return Optional.of(new Spot(spot.block(), spot.line(), spot.part() - 1));
        }
        if (spot.line() == 0 && spot.block() == 0) {
            return Optional.empty();
        }
        int block = spot.line() > 0 ? spot.block() : spot.block() - 1;
        int line = spot.line() > 0 ? spot.line() - 1 : lines(block).size() - 1;
        return Optional.of(new Spot(block, line, parts(block, line).size() - 1));
    }

    List<AttributedString> lines() throws IOException {
        var shownRows = new ArrayList<AttributedString>();
        var spot = Optional.of(top);
        while (spot.isPresent() && shownRows.size() < rows) {
            shownRows.add(row(spot.get()));
            spot = below(spot.get());
        }
        return shownRows;
    }

    private AttributedString row(Spot spot) throws IOException {
        boolean isCurrent = spot.block() == walk.place().hunkIndex() + 1;
        var row = new AttributedStringBuilder();
        row.append(palette.text(Look.STRONG, isCurrent ? "▌" : " "));
        row.style(AttributedStyle.DEFAULT);
        row.append(parts(spot.block(), spot.line()).get(spot.part()));
        return row.toAttributedString();
    }

    private List<String> lines(int block) throws IOException {
        if (block == 0) {
            return head;
        }
        var hunk = walk.place().hunks().get(block - 1);
        var found = kept.get(hunk);
        if (found == null) {
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            found = read(hunk);
            kept.put(hunk, found);
        }
        return found;
    }

    private List<String> read(Hunk hunk) throws IOException {
        var lines = new ArrayList<String>();
        try (var to = new ShownLines(lines::add)) {
            Patch.write(walk.place().text().orElseThrow(), hunk, to);
        }
        return lines;
    }

    private List<AttributedString> parts(int block, int line) throws IOException {
        var text = lines(block).get(line);
        var encoded =
                ReviewColumns.withoutTabs(
                        block == 0 ? TerminalEncoder.line(text) : TerminalEncoder.block(text));
        var parts = palette.text(look(block, line, text), encoded).columnSplitLength(columns - 1);
        return parts.isEmpty() ? List.of(AttributedString.EMPTY) : parts;
    }

    private Look look(int block, int line, String text) {
        if (block == 0) {
            return line == 0 ? Look.STRONG : Look.WARNING;
        }
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '+' -> Look.ADDED;
            case '-' -> Look.DELETED;
            case '@' -> Look.QUIET;
            default -> Look.TEXT;
        };
    }
}
