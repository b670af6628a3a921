package dev.safecoder.tui;

import dev.safecoder.review.ReviewPlace;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.Verdict;
import dev.safecoder.text.TerminalEncoder;
import dev.safecoder.tui.ReviewKey.Letter;
import dev.safecoder.tui.ReviewKey.Special;
import dev.safecoder.tui.ReviewPalette.Look;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The review as keys in and rows out: files at the left where there is room, hunks at the right.
 */
final class ReviewView {
    private static final int LEAST_COLUMNS = 20;
    private static final int LEAST_ROWS = 5;
    private static final int LEAST_FOR_FILES = 60;
    private static final int MOST_FILE_COLUMNS = 40;
    private static final int BARS = 3;

    private static final List<String> HELP =
            """
            y n  accept, reject this
            a d  the same for the rest of the file
            s  split this    q  end, all is saved
            j k  the next hunk, the one before
            ] [  the next file, the one before
            space u arrows  look further down, up
            Files: y n  ~ both  . begun  ! flagged"""
                    .lines()
                    .toList();

    private final ReviewWalk walk;
    private final ReviewPlace place;
    private final ReviewPalette palette;
    private final InstantSource clock;
    private final ReviewFiles files;
    private final ReviewText text;
    private String message;
    private boolean helps;
    private @Nullable ReviewConfirmation confirmation;

    /** What a key means for the review. */
    enum Course {
        GO_ON,
        END
    }

    ReviewView(ReviewWalk walk, ReviewPalette palette, InstantSource clock) throws IOException {
        this.walk = walk;
        this.place = walk.place();
        this.palette = palette;
        this.clock = clock;
        this.files = new ReviewFiles(walk, palette);
        this.text = new ReviewText(walk, palette);
        this.message = walk.toFirstOpen() ? "" : "Everything is decided; this is once more.";
    }

    Course press(ReviewKey key) throws IOException {
        message = "";
        if (key == Special.END_OF_INPUT) {
            return Course.END;
        }
        if (confirmation != null) {
            confirm(confirmation, key);
            return Course.GO_ON;
        }
        if (helps) {
            helps = false;
            return Course.GO_ON;
        }
        return switch (key) {
            case Letter(int point) when point == 'q' -> Course.END;
            case Letter(int point) -> {
                act(point);
                yield Course.GO_ON;
            }
            case Special special -> {
                act(special);
                yield Course.GO_ON;
            }
        };
    }

    private void confirm(ReviewConfirmation asked, ReviewKey key) throws IOException {
        switch (asked.press(key, clock.instant())) {
            case OPEN -> {}
            case CONFIRMED -> {
                confirmation = null;
                accept(asked.word().equals("yes") ? 'y' : 'a');
            }
            case TOO_SOON -> {
                confirmation = null;
                message = "That came too soon to be an answer; it does not count.";
            }
            case NOT_CONFIRMED -> {
                confirmation = null;
                message = "Nothing was accepted.";
            }
        }
    }

    private void act(int letter) throws IOException {
        switch (letter) {
            case 'y', 'a' -> {
                if (walk.file().needsConfirmation()) {
                    confirmation =
                            new ReviewConfirmation(letter == 'y' ? "yes" : "all", clock.instant());
                } else {
                    accept(letter);
                }
            }
            case 'n' -> decided(walk.decide(Verdict.REJECT));
            case 'd' -> decided(walk.decideRest(Verdict.REJECT));
            case ' ' -> text.page(1);
            case 'u' -> text.page(-1);
            case 's' -> moved(place.split(), "It cannot be split.");
            case 'j' -> moved(place.next(), "This is the last one.");
            case 'k' -> moved(place.previous(), "This is the first one.");
            case ']' -> moved(place.nextFile(), "This is the last file.");
            case '[' -> moved(place.previousFile(), "This is the first file.");
            case '?' -> helps = true;
            default -> message = "? shows the keys.";
        }
    }

    private void act(Special key) throws IOException {
        switch (key) {
            case DOWN -> text.scroll(1);
            case UP -> text.scroll(-1);
            case PAGE_DOWN -> text.page(1);
            case PAGE_UP -> text.page(-1);
            case RIGHT -> act(']');
            case LEFT -> act('[');
            case ENTER, ERASE, ESCAPE, INTERRUPT, END_OF_INPUT, OTHER -> {}
        }
    }

    private void accept(int letter) throws IOException {
        decided(letter == 'y' ? walk.decide(Verdict.ACCEPT) : walk.decideRest(Verdict.ACCEPT));
    }

    private void decided(boolean isMore) throws IOException {
        moved(isMore, "That was the last one; q ends the review.");
    }

    private void moved(boolean isMoved, String otherwise) throws IOException {
        text.show();
        if (!isMoved) {
            message = otherwise;
        }
    }

    /** The whole screen; no row is wider than there are columns. */
    List<AttributedString> rows(int columns, int rows) throws IOException {
        if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
            var ask = "At least %dx%d".formatted(LEAST_COLUMNS, LEAST_ROWS);
            return List.of(palette.text(Look.TEXT, ReviewColumns.exactly(ask, columns)));
        }
        int listed = columns < LEAST_FOR_FILES ? 0 : Math.min(columns / 3, MOST_FILE_COLUMNS);
        int height = rows - BARS;
        text.resize(listed == 0 ? columns : columns - listed - 1, height);
        var all = new ArrayList<AttributedString>();
        all.add(bar(Look.BAR, title(), columns));
        var left = listed == 0 ? List.<AttributedString>of() : files.rows(listed, height);
        var right = helps ? help() : text.lines();
        for (int row = 0; row < height; row++) {
            var line = new AttributedStringBuilder();
            if (listed > 0) {
                line.append(left.get(row)).append(palette.text(Look.QUIET, "┊"));
            }
            line.append(row < right.size() ? right.get(row) : AttributedString.EMPTY);
            all.add(line.toAttributedString().columnSubSequence(0, columns));
        }
        all.add(bar(Look.WARNING, note(), columns));
        all.add(
                confirmation == null
                        ? bar(Look.BAR, keys(columns), columns)
                        : bar(Look.STRONG, confirmation.question(), columns));
        return all;
    }

    private AttributedString bar(Look look, String line, int columns) {
        return palette.text(look, ReviewColumns.exactly(line, columns));
    }

    private List<AttributedString> help() {
        return HELP.stream().map(line -> palette.text(Look.TEXT, line)).toList();
    }

    private String title() {
        return " File %s%s  %s%s"
                .formatted(
                        place.fileNumber(),
                        place.text().isPresent() ? "  hunk " + place.hunkNumber() : "",
                        verdict(),
                        walk.file().needsConfirmation() ? "  FLAGGED" : "");
    }

    private String verdict() {
        if (walk.isDecided()) {
            return walk.verdict().name().toLowerCase(Locale.ROOT);
        }
        return walk.file().needsConfirmation() ? "undecided" : "undecided, applied unless rejected";
    }

    private String note() {
        if (!message.isEmpty() || walk.file().risks().isEmpty()) {
            return message;
        }
        var first = walk.file().risks().getFirst();
        return TerminalEncoder.line("! %s: %s".formatted(first.flag(), first.reason()));
    }

    private static String keys(int columns) {
        return columns < LEAST_FOR_FILES
                ? " y n a d s j k ] [ space u q, ? help"
                : " y accept  n reject  a/d rest  s split  j/k hunk  ]/[ file  q end  ? help";
    }
}
