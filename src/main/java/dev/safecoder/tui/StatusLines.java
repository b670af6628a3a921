package dev.safecoder.tui;

import dev.safecoder.text.TerminalEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * What stays at the bottom: while the agent works, what it does and for how long; always, which
 * model works behind which wall and what it has come to.
 */
public final class StatusLines implements AutoCloseable {
    private static final List<String> FRAMES =
            List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
    private static final Duration BEAT = Duration.ofMillis(120);

    private final ChatScreen screen;
    private final InstantSource clock;
    private final Supplier<List<List<String>>> facts;
    private final Thread heart;
    private volatile Optional<Work> work = Optional.empty();
    private volatile boolean over;

    private record Work(String what, Instant since) {}

    /**
     * @param facts what is always shown, a list for each line, of each the most important first;
     *     asked on any thread
     */
    public StatusLines(ChatScreen screen, InstantSource clock, Supplier<List<List<String>>> facts) {
        this.screen = screen;
        this.clock = clock;
        this.facts = facts;
        this.heart = Thread.ofPlatform().daemon().name("status").unstarted(this::beat);
        heart.start();
        screen.whenResized(this::renew);
    }

    /** Something begins. */
    public void working(String what) {
        work = Optional.of(new Work(what, clock.instant()));
        draw(0);
    }

    /** Nothing is being done. */
    public void idle() {
        work = Optional.empty();
        draw(0);
    }

    /** Whether something is being done. */
    public boolean isWorking() {
        return work.isPresent();
    }

    /** The facts may be others; while something is being done, they are drawn anew anyway. */
    public void renew() {
        if (!isWorking() && !over) {
            draw(0);
        }
    }

    private void beat() {
        int frame = 0;
        try {
            while (!over) {
                Thread.sleep(BEAT);
                if (isWorking() && !over) {
                    draw(++frame);
                }
            }
        } catch (InterruptedException ended) {
            return; // closed
        }
    }

    private void draw(int frame) {
        screen.keep(lines(work.map(it -> doing(it, frame)), facts.get(), screen.width()));
    }

    private String doing(Work now, int frame) {
        return "%s %s  %d s  (Esc interrupts)"
                .formatted(
                        FRAMES.get(frame % FRAMES.size()),
                        now.what(),
                        Duration.between(now.since(), clock.instant()).toSeconds());
    }

    /** The lines for a screen of this width: nothing is wider, and the first facts are kept. */
    static List<AttributedString> lines(
            Optional<String> doing, List<List<String>> facts, int width) {
        var lines = new ArrayList<AttributedString>();
        lines.add(styled(doing.orElse(""), AttributedStyle.DEFAULT.foreground(6), width));
        for (var line : facts) {
            lines.add(styled(fitting(line, width), AttributedStyle.DEFAULT.faint(), width));
        }
        return lines;
    }

    private static String fitting(List<String> facts, int width) {
        var shown = new StringBuilder();
        for (var fact : facts) {
            var more = (shown.isEmpty() ? "" : " · ") + TerminalEncoder.line(fact);
            if (new AttributedString(shown + more).columnLength() > width) {
                break;
            }
            shown.append(more);
        }
        return shown.toString();
    }

    private static AttributedString styled(String text, AttributedStyle style, int width) {
        var whole = new AttributedStringBuilder().append(TerminalEncoder.line(text), style);
        return whole.toAttributedString().columnSubSequence(0, width);
    }

    @Override
    public void close() {
        over = true;
        heart.interrupt();
        screen.keep(List.of());
    }
}
