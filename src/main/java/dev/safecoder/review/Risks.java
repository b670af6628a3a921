package dev.safecoder.review;

import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.TextChange;
import dev.safecoder.change.TreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the risks of a change by its path, its mode and its new content. */
final class Risks {
    /** Larger contents are too much to read for a person. */
    static final long LARGE = 1L << 20;

    /** What a line is looked at for; keys are shorter. */
    private static final int MOST_LINE_CHARACTERS = 4_096;

    private final BlobSource blobs;

    Risks(BlobSource blobs) {
        this.blobs = blobs;
    }

    /** Every risk; a file that goes has none. */
    List<Risk> of(Change change) throws IOException {
        if (change.after().isEmpty()) {
            return List.of();
        }
        var after = change.after().get();
        var risks = new ArrayList<Risk>();
        var text = new AddedLines(change);
        var rule = HostRules.find(change.path());
        if (rule.isPresent()) {
            var telling = rule.get().telling();
            risks.add(
                    new Risk(
                            Risk.Flag.RUNS_ON_HOST,
                            rule.get().reason(),
                            text.matchingOrAll(line -> telling.matcher(line).find())));
        }
        if (becomesExecutable(change, after)) {
            risks.add(new Risk(Risk.Flag.RUNS_ON_HOST, "it becomes executable", List.of()));
        }
        if (ContentRules.isLockfile(change.path())) {
            addNewSources(text, risks);
        }
        if (change.content() == Change.Content.BINARY && after.type() != TreeEntry.Type.SYMLINK) {
            risks.add(new Risk(Risk.Flag.BINARY, "it is no text", List.of()));
        }
        if (after.size() > LARGE) {
            var size = "it has %d bytes".formatted(after.size());
            risks.add(new Risk(Risk.Flag.LARGE, size, List.of()));
        }
        var secrets = text.matching(ContentRules::looksLikeSecret);
        if (!secrets.isEmpty()) {
            risks.add(new Risk(Risk.Flag.SECRET_LIKE, "it looks like a key or password", secrets));
        }
        return risks;
    }

    private static boolean becomesExecutable(Change change, TreeEntry after) {
        return after.type() == TreeEntry.Type.EXECUTABLE
                && change.before()
                        .filter(before -> before.type() == TreeEntry.Type.EXECUTABLE)
                        .isEmpty();
    }

    private static void addNewSources(AddedLines text, List<Risk> risks) throws IOException {
        var before = ContentRules.sources(text.before());
        var lines = text.matching(line -> !before.containsAll(ContentRules.sources(line)));
        if (!lines.isEmpty()) {
            var reason = "the package manager fetches from a new place";
            risks.add(new Risk(Risk.Flag.RUNS_ON_HOST, reason, lines));
        }
    }

    /** The lines that a change adds, one character a byte; none when it has no text. */
    private final class AddedLines {
        private final Change change;

        AddedLines(Change change) {
            this.change = change;
        }

        List<Integer> matchingOrAll(Predicate<String> condition) throws IOException {
            var telling = matching(condition);
            return telling.isEmpty() ? matching(_ -> true) : telling;
        }

        List<Integer> matching(Predicate<String> condition) throws IOException {
            var lines = new ArrayList<Integer>();
            if (!hasText() || !anyLine(condition)) {
                return lines;
            }
            var text = TextChange.of(change, blobs);
            for (var edit : text.edits()) {
                for (int line = edit.afterStart(); line < edit.afterEnd(); line++) {
                    if (lines.size() < Risk.MOST_LINES
                            && condition.test(shortened(text.afterBytes(line, line + 1)))) {
                        lines.add(line + 1);
                    }
                }
            }
            return lines;
        }

        private boolean hasText() {
            return change.content() == Change.Content.TEXT
                    && change.after()
                            .filter(after -> after.type() != TreeEntry.Type.SYMLINK)
                            .isPresent();
        }

        /** Most contents have no such line at all, and then need not be compared. */
        private boolean anyLine(Predicate<String> condition) throws IOException {
            var content = blobs.bytes(change.after().orElseThrow().blob());
            return new String(content, StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(Risks::shortened)
                    .anyMatch(condition);
        }

        String before() throws IOException {
            return change.before().isPresent() && hasText()
                    ? new String(
                            blobs.bytes(change.before().get().blob()), StandardCharsets.ISO_8859_1)
                    : "";
        }
    }

    private static String shortened(byte[] line) {
        return shortened(new String(line, StandardCharsets.ISO_8859_1));
    }

    private static String shortened(String line) {
        return line.substring(0, Math.min(line.length(), MOST_LINE_CHARACTERS));
    }
}
