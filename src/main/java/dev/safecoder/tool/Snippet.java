package dev.safecoder.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Shows the start of what an edit did, as a unified diff without its head. */
final class Snippet {
    private static final int MOST_LINES = 60;
    private static final int MOST_LINE_CHARACTERS = 300;

    private Snippet() {}

    static String of(byte[] before, byte[] after) {
        var old = new RawText(before);
        var edited = new RawText(after);
        var hunks = new ByteArrayOutputStream();
        try (var formatter = new DiffFormatter(hunks)) {
            var edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, edited);
            formatter.format(edits, old, edited);
        } catch (IOException cause) {
            throw new IllegalStateException("an array of bytes cannot be written", cause);
        }
        var lines = new LineText(hunks.toString(StandardCharsets.UTF_8)).lines();
        var shown = new StringBuilder();
        for (var line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            shown.append(ModelText.cut(line.replace("\r", ""), MOST_LINE_CHARACTERS)).append('\n');
        }
        if (lines.size() > MOST_LINES) {
            shown.append("(%d more lines)\n".formatted(lines.size() - MOST_LINES));
        }
        return shown.toString();
    }
}
