package dev.safecoder.tool;

import dev.safecoder.guest.CommandEnd;
import java.util.ArrayList;
import java.util.OptionalInt;

/** How a command ended, in words for the model and for people. */
final class CommandReport {
    private static final int SIGNALLED = 128;

    /** SIGXFSZ: of a file beyond its limit, or of the guest for what all files take. */
    private static final int TOO_MUCH_WRITTEN = 25;

    private CommandReport() {}

    /** The last line of an answer, in brackets. */
    static String lastLine(CommandEnd end, CapturedOutput output) {
        var notes = new ArrayList<String>();
        notes.add(outcome(end, output));
        int survivors = survivors(end);
        if (survivors > 0) {
            notes.add(
                    "%s that it had left running %s stopped; use background to keep such"
                            .formatted(
                                    Noun.PROCESS.count(survivors),
                                    survivors == 1 ? "was" : "were"));
        }
        if (output.wasCut()) {
            notes.add("%d bytes of output".formatted(output.bytes()));
        }
        return "[%s]".formatted(String.join("; ", notes));
    }

    /** How it ended, in a few words. */
    static String outcome(CommandEnd end, CapturedOutput output) {
        if (output.isTooMuch()) {
            return "stopped because it wrote more than %d MiB; send its output to a file"
                    .formatted(CapturedOutput.MOST_BYTES >> 20);
        }
        return switch (end) {
            case CommandEnd.Exited(var code, _) -> "exit code " + code;
            case CommandEnd.Signalled(var signal, _) when signal == TOO_MUCH_WRITTEN ->
                    "stopped because it took more of the disk than it may (disk_mb), or of what has"
                            + " to stay free; remove what is not needed";
            case CommandEnd.Signalled(var signal, _) ->
                    "ended by signal %d, exit code %d".formatted(signal, SIGNALLED + signal);
            case CommandEnd.TimedOut(var after) ->
                    "timed out after %d ms and was stopped with all that it had started"
                            .formatted(after.toMillis());
            case CommandEnd.NotStarted(var errno, var step) ->
                    "not started: %s: %s"
                            .formatted(
                                    step.equals("chdir") ? "its folder" : step,
                                    ErrorNumber.say(errno));
        };
    }

    private static int survivors(CommandEnd end) {
        return switch (end) {
            case CommandEnd.Exited(_, var survivors) -> survivors;
            case CommandEnd.Signalled(_, var survivors) -> survivors;
            case CommandEnd.TimedOut _, CommandEnd.NotStarted _ -> 0;
        };
    }

    /** Its exit code, as a shell would give it, when it came to an end of its own. */
    static OptionalInt exitCode(CommandEnd end, CapturedOutput output) {
        if (output.isTooMuch()) {
            return OptionalInt.empty();
        }
        return switch (end) {
            case CommandEnd.Exited(var code, _) -> OptionalInt.of(code);
            case CommandEnd.Signalled(var signal, _) -> OptionalInt.of(SIGNALLED + signal);
            case CommandEnd.TimedOut _, CommandEnd.NotStarted _ -> OptionalInt.empty();
        };
    }
}
