package dev.safecoder.tui;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.NonBlockingReader;

/**
 * The keys while the agent works: Esc and Ctrl-C interrupt it, Ctrl-O unfolds, everything else is
 * kept for the next line. Closing it gives the terminal back as it was.
 */
public final class TurnKeys implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final long SEQUENCE_MILLIS = 60;
    private static final int ESCAPE = 27;
    private static final int UNFOLD = 'O' & 31;
    private static final int DELETE = 127;
    private static final int MOST_TYPED = 4_096;

    private final Terminal terminal;
    private final Attributes before;
    private final SignalHandler formerly;
    private final Runnable interrupt;
    private final Runnable unfold;
    private final StringBuilder typed = new StringBuilder();
    private final Thread thread;
    private volatile boolean over;

    private TurnKeys(Terminal terminal, Runnable interrupt, Runnable unfold) {
        this.terminal = terminal;
        this.interrupt = interrupt;
        this.unfold = unfold;
        this.formerly = terminal.handle(Signal.INT, _ -> interrupt.run());
        this.before = terminal.enterRawMode();
        this.thread = Thread.ofPlatform().daemon().name("turn-keys").unstarted(this::look);
    }

    static TurnKeys of(Terminal terminal, Runnable interrupt, Runnable unfold) {
        var keys = new TurnKeys(terminal, interrupt, unfold);
        keys.thread.start();
        return keys;
    }

    private void look() {
        try {
            while (!over) {
                int key = terminal.reader().read(LOOK_MILLIS);
                if (key == NonBlockingReader.EOF) {
                    return;
                }
                take(key);
            }
        } catch (IOException gone) {
            return; // the terminal went away; the process is told by a signal
        }
    }

    private void take(int key) throws IOException {
        if (key == ESCAPE) {
            if (terminal.reader().peek(SEQUENCE_MILLIS) < 0) {
                interrupt.run();
            } else {
                skipSequence();
            }
        } else if (key == UNFOLD) {
            unfold.run();
        } else if (key == '\r' || key == '\n') {
            keep('\n');
        } else if (key == DELETE && !typed.isEmpty()) {
            typed.setLength(typed.length() - 1);
        } else if (key >= ' ' && key != DELETE) {
            keep((char) key);
        }
    }

    private void keep(char key) {
        if (typed.length() < MOST_TYPED) {
            typed.append(key);
        }
    }

    /** An arrow or another key that sends more than one character: up to its last one. */
    private void skipSequence() throws IOException {
        int key = terminal.reader().read(SEQUENCE_MILLIS);
        if (key == '[' || key == 'O') {
            do {
                key = terminal.reader().read(SEQUENCE_MILLIS);
            } while (key >= ' ' && key < '@');
        }
    }

    /** Ends the watch; what was typed meanwhile. */
    public String stop() {
        close();
        return typed.toString();
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        terminal.setAttributes(before);
        terminal.handle(Signal.INT, formerly);
    }
}
