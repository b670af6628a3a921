package dev.safecoder.tui;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.InfoCmp.Capability;

/**
 * The line that is typed, and its keys. Its lock is held while it is drawn and while a key acts,
 * not while it waits for one.
 */
final class ChatReader extends LineReaderImpl {
    private static final int MOST_HISTORY = 1_000;

    private final Runnable resized;

    /**
     * @param resized called while the line is off the screen and the cursor is where it will be
     */
    ChatReader(Terminal terminal, Path history, Completer completer, Runnable resized) {
        super(
                terminal,
                "safe-coder",
                Map.of(
                        HISTORY_FILE, history,
                        HISTORY_SIZE, MOST_HISTORY,
                        SECONDARY_PROMPT_PATTERN, "  "));
        this.resized = resized;
        var words = new DefaultParser();
        words.setEscapeChars(null); // what is typed is words, not shell
        words.setQuoteChars(new char[0]);
        setParser(words);
        setCompleter(completer);
        setHistory(new DefaultHistory());
        option(Option.BRACKETED_PASTE, true);
        option(Option.HISTORY_IGNORE_SPACE, true);
        option(Option.DISABLE_EVENT_EXPANSION, true);
        option(Option.AUTO_LIST, true);
        bind("safe-coder-new-line", this::newLine, KeyMap.alt('\r'), KeyMap.alt('\n'));
    }

    private boolean newLine() {
        getBuffer().write("\n");
        return true;
    }

    /** Lets keys do something of ours. */
    void bind(String name, Widget does, String... keys) {
        getWidgets().put(name, does);
        Objects.requireNonNull(getKeyMaps().get(MAIN)).bind(new Reference(name), keys);
    }

    /** What does something to the line's text while something else has the terminal. */
    interface Change {
        String of(String text);
    }

    /** Takes the line off the screen, for a key, and puts it back with another text. */
    boolean change(Change change) {
        display.update(List.of(), 0);
        terminal.puts(Capability.keypad_local);
        terminal.writer().write(BRACKETED_PASTE_OFF);
        terminal.flush();
        var text = change.of(getBuffer().toString());
        terminal.puts(Capability.keypad_xmit);
        terminal.writer().write(BRACKETED_PASTE_ON);
        getBuffer().clear();
        getBuffer().write(text);
        return redrawLine();
    }

    /** By itself it would take some rows of the bottom, whatever is in them. */
    @Override
    protected void handleSignal(Signal signal) {
        lock.lock();
        try {
            if (signal == Signal.WINCH && reading) {
                display.update(List.of(), 0);
                resized.run();
            }
            super.handleSignal(signal);
        } finally {
            lock.unlock();
        }
    }
}
