package dev.safecoder.tui;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands at the beginning of a line and, after an {@code @}, files of the project. */
public final class ChatCompleter implements Completer {
    private static final int MOST = 60;

    private final Map<String, String> commands;
    private final Supplier<List<String>> files;

    /**
     * @param commands with their slash, and what each does
     * @param files paths relative to the project, safe to be shown; asked when an {@code @} is
     *     completed
     */
    public ChatCompleter(Map<String, String> commands, Supplier<List<String>> files) {
        this.commands = Map.copyOf(commands);
        this.files = files;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var word = line.word().substring(0, line.wordCursor());
        if (word.startsWith("/") && line.wordIndex() == 0) {
            commands.forEach(
                    (name, does) ->
                            candidates.add(
                                    new Candidate(name, name, null, does, null, null, true)));
        } else if (word.startsWith("@")) {
            var wanted = word.substring(1).toLowerCase(java.util.Locale.ROOT);
            files.get().stream()
                    .filter(path -> path.toLowerCase(java.util.Locale.ROOT).contains(wanted))
                    .limit(MOST)
                    .forEach(path -> candidates.add(new Candidate("@" + path)));
        }
    }
}
