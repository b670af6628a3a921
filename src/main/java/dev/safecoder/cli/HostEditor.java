package dev.safecoder.cli;

import dev.safecoder.app.Surroundings;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.process.HostCommand;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.process.Subprocess;
import dev.safecoder.tui.ChatScreen.TextEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user's own editor, a program of this machine, for the line that is typed. It is given that
 * text alone, in a file for its owner that is gone afterwards.
 */
final class HostEditor implements TextEditor {
    private static final int MOST_BYTES = 1 << 20;

    private final Map<String, String> environment;
    private final Path home;
    private final ProgramPath programs;
    private final Console console;

    /**
     * @param project where no program is taken from
     */
    HostEditor(Surroundings surroundings, Path project, Console console) {
        var places = surroundings.places();
        this.environment = places.environment();
        this.home = places.home();
        this.programs =
                ProgramPath.of(
                        environment.getOrDefault("PATH", ""),
                        List.of(project, places.stateFolder()));
        this.console = console;
    }

    @Override
    public String edit(String text) {
        var words =
                Stream.of("VISUAL", "EDITOR")
                        .map(name -> environment.getOrDefault(name, "").strip())
                        .filter(value -> !value.isEmpty())
                        .findFirst();
        if (words.isEmpty()) {
            console.say(Tone.WARNING, "Neither VISUAL nor EDITOR names an editor.");
            return text;
        }
        try {
            return edited(text, List.of(words.get().split("\\s+")));
        } catch (IOException failed) {
            console.say(
                    Tone.WARNING,
                    "'%s' did not edit the line: %s".formatted(words.get(), failed.getMessage()));
            return text;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return text;
        }
    }

    private String edited(String text, List<String> words)
            throws IOException, InterruptedException {
        var program =
                find(words.getFirst())
                        .orElseThrow(() -> new IOException("there is no such program"));
        var file = Files.createTempFile("safe-coder-", ".md"); // for its owner alone
        try {
            Files.writeString(file, text + "\n");
            var arguments =
                    Stream.concat(words.stream().skip(1), Stream.of(file.toString())).toList();
            int code =
                    Subprocess.onTerminal(new HostCommand(program, arguments, environment, home));
            if (code != 0) {
                throw new IOException("it ended with exit code %d".formatted(code));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("the text is longer than %d bytes".formatted(MOST_BYTES));
            }
            return Files.readString(file).stripTrailing();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Optional<Path> find(String name) {
        try {
            var path = Path.of(name);
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
            return path.getNameCount() == 1 ? programs.find(name) : Optional.empty();
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
    }
}
