package dev.safecoder.cli;

import dev.safecoder.app.Surroundings;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.configuration.ConfigurationPlaces;
import dev.safecoder.configuration.NearestWord;
import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParameterException;

/** Where the program begins: finds the command, runs it, and turns every end into an exit code. */
public final class Main {
    private static final Set<String> OF_THE_PROGRAM = Set.of("-h", "--help", "-V", "--version");

    private Main() {}

    public static void main(String[] arguments) {
        int code = run(surroundings(), arguments);
        System.out.flush();
        System.exit(code);
    }

    private static Surroundings surroundings() {
        var environment = System.getenv();
        var places =
                new ConfigurationPlaces(
                        environment,
                        Path.of(System.getProperty("user.home")),
                        Path.of("").toAbsolutePath());
        return new Surroundings(
                places,
                InstantSource.system(),
                new SecureRandom(),
                Surroundings.hostName(),
                Surroundings.systemName(System.getProperty("os.name")));
    }

    private static int run(Surroundings surroundings, String[] arguments) {
        var console = Console.ofProcess(surroundings.places().environment());
        var words = withCommand(List.of(arguments));
        var first = words.getFirst();
        if (!first.startsWith("-") && !CommandTable.has(first)) {
            return unknown(console, first);
        }
        return run(new Program(surroundings, console), words);
    }

    /**
     * Runs one command, whose name comes first and is known; every failure of it is told and
     * becomes a code.
     */
    static int run(Program program, List<String> words) {
        var surroundings = program.surroundings();
        var console = program.console();
        var first = words.getFirst();
        var line = CommandTable.lineFor(first, program);
        int itself = first.equals("exec") ? ExitCode.EXEC_ITSELF : ExitCode.UNEXPECTED;
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, _) -> misused(console, first, wrong));
        line.setExecutionExceptionHandler(
                (failure, _, _) -> failed(surroundings, console, first, failure));
        line.setExitCodeExceptionMapper(_ -> itself);
        return line.execute(words.toArray(String[]::new));
    }

    /** No command, or options alone, means {@code chat}. */
    private static List<String> withCommand(List<String> words) {
        if (!words.isEmpty()
                && (!words.getFirst().startsWith("-")
                        || OF_THE_PROGRAM.contains(words.getFirst()))) {
            return words.getFirst().equals("help") ? List.of("--help") : words;
        }
        var all = new ArrayList<>(List.of("chat"));
        all.addAll(words);
        return all;
    }

    private static int unknown(Console console, String word) {
        var known = new ArrayList<String>();
        CommandTable.names().forEach(known::add);
        console.say(Tone.BAD, "safe-coder: there is no command '%s'".formatted(word));
        console.say(
                NearestWord.to(word, known)
                        .map("Try: safe-coder %s"::formatted)
                        .orElse("Try: safe-coder --help"));
        return ExitCode.USAGE;
    }

    private static int misused(Console console, String command, ParameterException wrong) {
        var name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        console.say(Tone.BAD, "safe-coder: " + firstLine(wrong));
        console.say("Try: %s --help".formatted(name));
        return command.equals("exec") ? ExitCode.EXEC_ITSELF : ExitCode.USAGE;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static int failed(
            Surroundings surroundings, Console console, String command, Exception failure) {
        int code =
                switch (failure) {
                    case SafeCoderException known -> {
                        console.failure(known);
                        yield ExitCode.of(known);
                    }
                    case InterruptedException _ -> ExitCode.INTERRUPTED;
                    default -> unexpected(surroundings, console, failure);
                };
        return command.equals("exec") && code != ExitCode.INTERRUPTED ? ExitCode.EXEC_ITSELF : code;
    }

    private static String trace(Throwable failure) {
        var text = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
            for (var place : cause.getStackTrace()) {
                text.append("\tat ").append(place).append('\n');
            }
        }
        return text.toString();
    }

    /** A bug, or a system that does what nobody thought of: one line here, the rest in the log. */
    private static int unexpected(Surroundings surroundings, Console console, Exception failure) {
        var log = surroundings.places().stateFolder().resolve("safe-coder.log");
        console.say(
                Tone.BAD,
                "safe-coder: an unexpected failure: %s: %s"
                        .formatted(failure.getClass().getSimpleName(), firstLine(failure)));
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(
                    log,
                    surroundings.clock().instant() + "\n" + trace(failure),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            console.say("Try: send the end of %s to the makers".formatted(log));
        } catch (IOException unwritable) {
            console.say("Try: make %s writable to get the details".formatted(log));
        }
        return ExitCode.UNEXPECTED;
    }
}
