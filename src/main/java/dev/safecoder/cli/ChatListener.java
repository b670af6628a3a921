package dev.safecoder.cli;

import dev.safecoder.cli.Console.Tone;
import dev.safecoder.cli.Narrator.Speech;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.history.History;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.session.SessionListener;
import dev.safecoder.session.ToolCall;
import dev.safecoder.tui.SpokenText;
import dev.safecoder.tui.StatusLines;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a session in an interactive chat: the words as Markdown, the work in the status line.
 */
final class ChatListener implements SessionListener {
    private static final int MOST_LINES = 12;
    private static final int MOST_DIFF_LINES = 40;

    private final Console console;
    private final Narrator narrator;
    private final SpokenText words;
    private final StatusLines status;
    private volatile Usage usage = Usage.NONE;
    private @Nullable ToolCall last;
    private volatile int step;
    private @Nullable History history;

    ChatListener(Console console, SpokenText words, StatusLines status) {
        this.console = console;
        this.narrator = new Narrator(console, Speech.SILENT);
        this.words = words;
        this.status = status;
    }

    @Override
    public void text(String more) {
        words.more(more);
    }

    @Override
    public void waiting(Duration time, String reason) {
        words.forget();
        narrator.waiting(time, reason);
    }

    @Override
    public void replied(Usage ofReply) {
        words.end();
        usage = usage.plus(ofReply);
        status.working("thinking");
    }

    @Override
    public void toolStarted(ToolRequest request) {
        status.working(request.name());
    }

    @Override
    public void toolEnded(ToolCall call) {
        last = call;
        narrator.toolEnded(call);
        if (call.result().exitCode().isPresent()) {
            show(call, MOST_LINES);
        }
        status.working("thinking");
    }

    /** From now on the steps of this session can be shown. */
    void begin(History ofSession) throws IOException {
        history = ofSession;
        step = ofSession.checkpoints().getLast().step();
    }

    @Override
    public void checkpointTaken(Checkpoint taken) {
        step = taken.step();
        narrator.checkpointTaken(taken);
        if (history != null) {
            show(history, taken.step());
        }
    }

    /** A small step is shown whole, of a large one which files it changed. */
    private void show(History steps, int step) {
        try {
            var changes = steps.changes(step - 1, step);
            long lines =
                    changes.changes().stream()
                            .mapToLong(it -> (long) it.lines().added() + it.lines().deleted())
                            .sum();
            if (lines <= MOST_DIFF_LINES) {
                new DiffPrinter(console).print(changes);
            } else {
                new DiffPrinter(console).printStat(changes);
                console.say(Tone.QUIET, "  /diff --step %d shows it".formatted(step));
            }
        } catch (IOException unreadable) {
            console.say(Tone.WARNING, "This step cannot be shown: " + unreadable.getMessage());
        }
    }

    @Override
    public void note(String line) {
        narrator.note(line);
    }

    private void show(ToolCall call, int most) {
        var lines = call.result().answer().text().lines().toList();
        for (var line : lines.subList(0, Math.min(most, lines.size()))) {
            console.say(Tone.QUIET, "    " + line.replace("\t", "    "));
        }
        if (lines.size() > most) {
            console.say(
                    Tone.QUIET,
                    "    … %d more lines; /expand shows them".formatted(lines.size() - most));
        }
    }

    /** Shows all that the last tool call answered. */
    void expand() {
        if (last == null) {
            console.say("No tool has run yet.");
        } else {
            show(last, Integer.MAX_VALUE);
        }
    }

    Usage usage() {
        return usage;
    }

    /** The session's newest checkpoint. */
    int step() {
        return step;
    }
}
