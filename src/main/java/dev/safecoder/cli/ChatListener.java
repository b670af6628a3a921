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
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a session in an interactive chat: the words as Markdown, the work in the status line.
 */
final class ChatListener implements SessionListener {
    private static final int MOST_LINES = 12;
    private static final int MOST_DIFF_LINES = 40;
    private static final int MOST_FOLDED = 100;

    private final Console console;
    private final Narrator narrator;
    private final SpokenText words;
    private final StatusLines status;
    private volatile Usage usage = Usage.NONE;
    private final Deque<ToolCall> folded = new ConcurrentLinkedDeque<>();
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
        narrator.toolEnded(call);
        int shown = call.result().exitCode().isPresent() ? MOST_LINES : 0;
        int more = show(call, shown);
        if (more > 0) {
            fold(call);
        }
        if (more > 0 && shown > 0) {
            console.say(Tone.QUIET, "    … %d more lines; Ctrl-O shows them".formatted(more));
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

    /** Shows the first lines of what a call answered; how many there are more. */
    private int show(ToolCall call, int most) {
        var lines = call.result().answer().text().lines().toList();
        int shown = Math.min(most, lines.size());
        for (var line : lines.subList(0, shown)) {
            console.say(Tone.QUIET, "    " + line.replace("\t", "    "));
        }
        return lines.size() - shown;
    }

    private void fold(ToolCall call) {
        folded.push(call);
        if (folded.size() > MOST_FOLDED) {
            folded.removeLast();
        }
    }

    /** Shows all of the last answer that was not shown whole; the next time, of the one before. */
    void unfold() {
        var call = folded.poll();
        if (call == null) {
            console.say(Tone.QUIET, "Nothing is folded.");
            return;
        }
        narrator.toolEnded(call);
        show(call, Integer.MAX_VALUE);
    }

    Usage usage() {
        return usage;
    }

    /** The session's newest checkpoint. */
    int step() {
        return step;
    }
}
