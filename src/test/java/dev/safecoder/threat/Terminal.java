package dev.safecoder.threat;

import dev.safecoder.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A user's terminal: the program as a process on a pty of its own, and every byte that it gets. */
final class Terminal {
    /** Runs its arguments on a terminal of their own and passes on what they write. */
    static final String PTY = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";

    /** Our own colours. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Map<String, String> environment;

    Terminal(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Everything that the program writes to it. */
    String shows(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("python3", "-c", PTY));
        command.addAll(InstalledProgram.command(List.of("-Xmx256m")));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", Objects.requireNonNull(System.getenv("PATH"), "PATH"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "xterm-256color");
        var process = builder.redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    /** The characters that steer a terminal or deceive its reader, our colours aside. */
    static List<String> dangers(String shown) {
        return COLOUR.matcher(shown)
                .replaceAll("")
                .codePoints()
                .filter(Terminal::isDanger)
                .mapToObj("U+%04X"::formatted)
                .distinct()
                .toList();
    }

    private static boolean isDanger(int point) {
        if (point == '\n' || point == '\r' || point == '\t') {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE ->
                    true;
            default -> point == 0x3164 || point == 0xfe0f;
        };
    }
}
