package dev.safecoder.tui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Status;
import org.jspecify.annotations.Nullable;

/**
 * A terminal in which finished lines scroll away as ever and a few lines at the bottom stay and are
 * drawn anew. Printing and drawing may come from any threads; reading is for one.
 */
public final class ChatScreen implements AutoCloseable {
    private static final String DRAW_KEPT = "safe-coder-draw-kept";

    private final Terminal terminal;
    private final Attributes before;
    private final ChatReader reader;
    private final ReentrantLock drawing = new ReentrantLock();
    private final PrintStream out;
    private final @Nullable Status status;
    private final Colours colours;
    private volatile List<AttributedString> kept = List.of();
    private volatile Size size;
    private volatile boolean reading;
    private volatile Runnable resized = () -> {};
    private volatile Runnable unfolding = () -> {};
    private volatile TextEditor editor = text -> text;
    private @Nullable ByteArrayOutputStream above;

    /** Something that takes all of the terminal for a while. */
    public interface Borrower<T> {
        T use(Terminal terminal) throws IOException, InterruptedException;
    }

    /** Something that gives a text back as a person has changed it, on the terminal as it was. */
    public interface TextEditor {
        String edit(String text);
    }

    /** How reading a line ended. */
    public sealed interface Typed {
        record Line(String text) implements Typed {}

        /** Ctrl-C. */
        record Interrupt() implements Typed {}

        /** Ctrl-D in an empty line, or the terminal went away. */
        record End() implements Typed {}
    }

    /** Whether colours and weights are shown. */
    public enum Colours {
        SHOWN,
        NONE
    }

    /**
     * Takes over a terminal, which is closed with it.
     *
     * @param history where lines are remembered from one chat to the next, for its owner only
     */
    public ChatScreen(Terminal terminal, Path history, Completer completer, Colours colours)
            throws IOException {
        this.terminal = terminal;
        this.colours = colours;
        this.before = terminal.getAttributes();
        this.size = Size.of(terminal.getSize());
        this.status = Status.getStatus(terminal);
        this.out = new PrintStream(new Screen(), true, StandardCharsets.UTF_8);
        keepForOwner(history);
        this.reader = new ChatReader(terminal, history, completer, this::resizedWhileReading);
        reader.getWidgets().put(DRAW_KEPT, this::drawKept);
        reader.bind("safe-coder-unfold", () -> above(unfolding), KeyMap.ctrl('O'));
        reader.bind("safe-coder-edit", this::edit, KeyMap.ctrl('G'), "\030\005");
    }

    /** What Ctrl-O does, also while the agent works, on whatever thread hears it. */
    public void whenUnfolding(Runnable shows) {
        unfolding = shows;
    }

    /** What Ctrl-G and Ctrl-X Ctrl-E give the line to. */
    public void whenEditing(TextEditor does) {
        editor = does;
    }

    private static void keepForOwner(Path history) throws IOException {
        var forOwner = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createDirectories(history.getParent());
            Files.createFile(history, PosixFilePermissions.asFileAttribute(forOwner));
        } catch (FileAlreadyExistsException ofAnEarlierChat) {
            Files.setPosixFilePermissions(history, forOwner);
        } catch (UnsupportedOperationException noPosix) {
            return; // a system where the home folder itself is what protects it
        }
    }

    /** Where lines are printed, above what stays; each write is whole. */
    public PrintStream out() {
        return out;
    }

    /** Who is told, on any thread, of a new size while a line is typed. */
    void whenResized(Runnable tells) {
        resized = tells;
    }

    /** Columns. */
    public int width() {
        return Math.max(20, terminal.getSize().getColumns());
    }

    /** Prints lines that are safe already, with their colours. */
    void print(List<AttributedString> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(colours == Colours.SHOWN ? line.toAnsi(terminal) : line.toString());
            text.append('\n');
        }
        out.print(text);
        out.flush();
    }

    /** Draws the lines that stay at the bottom; without any, what stayed there goes. */
    void keep(List<AttributedString> lines) {
        var shown = colours == Colours.SHOWN ? lines : plain(lines);
        if (shown.equals(kept) && !isResized()) {
            return;
        }
        kept = shown;
        if (reading) {
            drawBesideReader();
        } else {
            drawKept();
        }
    }

    /** While a line is typed, in turn with the reader: its lock comes before ours. */
    private void drawBesideReader() {
        try {
            reader.callWidget(DRAW_KEPT);
        } catch (IllegalStateException overNow) {
            return; // the line was sent this moment; who draws next draws this, too
        }
    }

    private boolean drawKept() {
        drawing.lock();
        try {
            draw(kept);
        } finally {
            drawing.unlock();
        }
        return true;
    }

    private boolean isResized() {
        return !terminal.getSize().equals(size);
    }

    private void draw(List<AttributedString> lines) {
        if (status == null) {
            return; // a terminal without a scroll region
        }
        if (isResized()) {
            size = Size.of(terminal.getSize());
            resize(status);
        }
        if (lines.isEmpty()) {
            status.hide();
        } else {
            status.update(lines);
        }
    }

    /** For a key: what is printed meanwhile comes above the line that is typed, all at once. */
    private boolean above(Runnable prints) {
        drawing.lock();
        try {
            var printed = new ByteArrayOutputStream();
            above = printed;
            prints.run();
            if (printed.size() > 0) {
                reader.printAbove(printed.toString(StandardCharsets.UTF_8));
            }
        } finally {
            above = null;
            drawing.unlock();
        }
        return true;
    }

    /** For a key. */
    private boolean edit() {
        return above(() -> reader.change(this::edited));
    }

    private String edited(String text) {
        var raw = terminal.getAttributes();
        draw(List.of());
        terminal.flush();
        terminal.setAttributes(before);
        try {
            return editor.edit(text);
        } finally {
            terminal.setAttributes(raw);
            draw(kept);
        }
    }

    /** For the reader, whose line is off the screen. */
    private void resizedWhileReading() {
        drawKept();
        resized.run();
    }

    /**
     * What stayed is below the cursor still, wherever the terminal has moved its lines, so it goes
     * from there; {@link Status} by itself would take some rows of the bottom, whatever is in them.
     */
    private void resize(Status shown) {
        shown.suspend();
        shown.update(List.of());
        shown.resize(size);
        terminal.puts(Capability.clr_eos);
        shown.restore();
    }

    /**
     * Lends all of the terminal; what others print and draw meanwhile waits, and what stays at the
     * bottom is drawn anew afterwards.
     */
    public <T> T lend(Borrower<T> borrower) throws IOException, InterruptedException {
        drawing.lock();
        try {
            draw(List.of());
            terminal.flush();
            return borrower.use(terminal);
        } finally {
            draw(kept);
            drawing.unlock();
        }
    }

    private static List<AttributedString> plain(List<AttributedString> lines) {
        return lines.stream().map(line -> new AttributedString(line.toString())).toList();
    }

    /**
     * Reads what a person types.
     *
     * @param before what stands in the line already
     */
    public Typed read(String prompt, String before) {
        reading = true;
        try {
            return new Typed.Line(reader.readLine(prompt, null, (Character) null, before));
        } catch (UserInterruptException interrupt) {
            return new Typed.Interrupt();
        } catch (EndOfFileException end) {
            return new Typed.End();
        } finally {
            reading = false;
        }
    }

    /** Drops the keys that were pressed already. */
    public void forgetTyped() throws IOException {
        while (terminal.reader().peek(1) >= 0) {
            terminal.reader().read();
        }
    }

    /** Looks at the keys while a thread works, until closed. */
    public TurnKeys watch(Runnable interrupt) {
        return TurnKeys.of(terminal, interrupt, unfolding);
    }

    @Override
    public void close() throws IOException {
        if (status != null) {
            status.hide();
            status.close();
        }
        terminal.close();
    }

    /** Writes that never fall into the middle of a drawing. */
    private final class Screen extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            drawing.lock();
            try {
                if (above == null) {
                    if (isResized() && !reading) {
                        draw(kept); // first, or this would go over it
                    }
                    terminal.output().write(bytes, offset, length);
                    terminal.output().flush();
                } else {
                    above.write(bytes, offset, length);
                }
            } finally {
                drawing.unlock();
            }
        }
    }
}
