package dev.safecoder.tui;

import dev.safecoder.review.ReviewWalk;
import dev.safecoder.tui.ReviewKey.Special;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A review that takes the whole screen and gives it back as it was, however it ends. What was
 * decided is kept at once, so that no end loses it.
 */
public final class ReviewScreen {
    /** How soon a new size is seen. */
    private static final long WAIT_MILLIS = 100;

    private final Terminal terminal;
    private final PrintStream out;
    private final ReviewView view;
    private final ReviewKeys keys;
    private final Display display;
    private Size size = Size.of(0, 0);

    private ReviewScreen(
            Terminal terminal,
            PrintStream out,
            ReviewWalk walk,
            ReviewPalette palette,
            InstantSource clock)
            throws IOException {
        this.terminal = terminal;
        this.out = out;
        this.view = new ReviewView(walk, palette, clock);
        this.keys = new ReviewKeys(terminal.reader());
        this.display = new Display(terminal, true);
    }

    /** How a person is asked. */
    public enum Shown {
        ON_SCREEN,
        /** The terminal cannot place its cursor; nothing was shown. */
        NOT_POSSIBLE
    }

    /**
     * Reviews on the process's own terminal until the person ends it.
     *
     * @param out the way to that terminal that is open until the process ends
     * @throws InterruptedException by Ctrl-C, or when the calling thread is interrupted
     */
    public static Shown run(
            PrintStream out, ReviewWalk walk, ReviewPalette palette, InstantSource clock)
            throws IOException, InterruptedException {
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            return run(terminal, out, walk, palette, clock);
        }
    }

    /** The same on a terminal that is open already, and stays open. */
    public static Shown run(
            Terminal terminal,
            PrintStream out,
            ReviewWalk walk,
            ReviewPalette palette,
            InstantSource clock)
            throws IOException, InterruptedException {
        if (terminal.getStringCapability(Capability.cursor_address) == null) {
            return Shown.NOT_POSSIBLE;
        }
        new ReviewScreen(terminal, out, walk, palette, clock).run();
        return Shown.ON_SCREEN;
    }

    private void run() throws IOException, InterruptedException {
        var before = terminal.enterRawMode();
        try {
            takeScreen();
            goThrough();
        } catch (InterruptedIOException _) {
            throw new InterruptedException();
        } finally {
            terminal.flush();
            giveScreenBack();
            terminal.setAttributes(before);
        }
    }

    private void takeScreen() {
        var raw = terminal.getAttributes();
        raw.setLocalFlag(LocalFlag.ISIG, false); // Ctrl-C is a key here
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.exit_am_mode); // a width seen otherwise breaks no other row
        terminal.flush();
    }

    /** Not through the terminal: when the process is killed, JLine may have closed it already. */
    private void giveScreenBack() {
        var end =
                terminal.getStringCapability(Capability.exit_ca_mode) == null
                        ? Capability.clear_screen
                        : Capability.exit_ca_mode;
        for (var one : List.of(Capability.enter_am_mode, Capability.cursor_normal, end)) {
            var sequence = terminal.getStringCapability(one);
            if (sequence != null) {
                out.print(Curses.tputs(sequence));
            }
        }
        out.flush();
    }

    private void goThrough() throws IOException, InterruptedException {
        boolean isStale = true;
        while (true) {
            if ((isStale || isResized()) && !keys.isPressed()) {
                draw();
                isStale = false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var key = keys.next(WAIT_MILLIS);
            if (key.isEmpty()) {
                continue;
            }
            if (key.get() == Special.INTERRUPT) {
                throw new InterruptedException();
            }
            if (view.press(key.get()) == ReviewView.Course.END) {
                return;
            }
            isStale = true;
        }
    }

    private boolean isResized() {
        return !terminal.getSize().equals(size);
    }

    private void draw() throws IOException {
        if (isResized()) {
            size = Size.of(terminal.getSize());
            display.resize(size);
            display.clear();
        }
        // the last column stays free: terminals differ in where the cursor is after it
        display.update(view.rows(Math.max(1, size.getColumns() - 1), size.getRows()), 0);
    }
}
