package dev.safecoder.cli;

import dev.safecoder.cli.Console.Tone;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.session.SessionListener;
import dev.safecoder.session.ToolCall;

/** Tells a person what happens, a line each: tool calls with their result, checkpoints, notes. */
final class Narrator implements SessionListener {
    private static final int WIDTH = 100;

    private final Console console;
    private final Speech speech;
    private boolean lineIsOpen;
    private int outputLines;

    /** What becomes of the model's words. */
    enum Speech {
        /** They are shown as they come. */
        ALOUD,
        /** They are the result, which is printed at the end. */
        SILENT
    }

    Narrator(Console console, Speech speech) {
        this.console = console;
        this.speech = speech;
    }

    /** Also shows the first lines of what commands print. */
    Narrator showingOutput() {
        outputLines = 16;
        return this;
    }

    @Override
    public void text(String more) {
        if (speech == Speech.ALOUD) {
            console.resultText(more);
            lineIsOpen = !more.endsWith("\n");
        }
    }

    @Override
    public void replied(Usage usage) {
        if (lineIsOpen) {
            console.result("");
            lineIsOpen = false;
        }
    }

    @Override
    public void toolStarted(ToolRequest request) {}

    @Override
    public void toolEnded(ToolCall call) {
        var millis = call.took().toMillis();
        var exit = call.result().exitCode();
        var failed = exit.isPresent() && exit.getAsInt() != 0 || call.isRefused();
        console.say(
                failed ? Tone.WARNING : Tone.PLAIN,
                "  %s  %s  %s"
                        .formatted(
                                call.request().name(),
                                shortened(call.result().summary()),
                                millis < 1_000
                                        ? millis + " ms"
                                        : "%.1f s".formatted(millis / 1_000.0)));
        if (exit.isPresent()) {
            call.result()
                    .answer()
                    .text()
                    .lines()
                    .limit(outputLines)
                    .forEach(line -> console.say(Tone.QUIET, "    | " + shown(line)));
        }
    }

    @Override
    public void checkpointTaken(Checkpoint checkpoint) {
        console.say(
                Tone.QUIET,
                "  checkpoint %d: %s".formatted(checkpoint.step(), checkpoint.subject()));
    }

    @Override
    public void note(String line) {
        console.say(Tone.WARNING, line);
    }

    private static String shown(String line) {
        return shortened(line.replace("\t", "  "));
    }

    private static String shortened(String line) {
        return line.codePointCount(0, line.length()) <= WIDTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }
}
