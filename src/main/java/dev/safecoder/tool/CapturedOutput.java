package dev.safecoder.tool;

import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.RunningCommand;

/**
 * A command's output for a model: bounded, whatever the command says, and the command is ended when
 * it says too much. Standard output and errors come in the order in which they arrive. Safe for use
 * by the connection's thread and a reader at once.
 */
final class CapturedOutput implements CommandOutput {
    static final int MOST_CHARACTERS = 30_000;
    static final long MOST_BYTES = 64L << 20;

    private final StreamText out = new StreamText();
    private final StreamText err = new StreamText();
    private HeadAndTail unread = new HeadAndTail(MOST_CHARACTERS);
    private Runnable end = () -> {};
    private long bytes;
    private boolean cut;

    @Override
    public synchronized void started(RunningCommand command) {
        end = command::close;
    }

    @Override
    public synchronized void out(byte[] piece) {
        take(piece, out);
    }

    @Override
    public synchronized void err(byte[] piece) {
        take(piece, err);
    }

    private void take(byte[] piece, StreamText decoder) {
        bytes += piece.length;
        unread.append(decoder.decode(piece));
        if (isTooMuch()) {
            end.run();
        }
    }

    /** No more will come: characters that were never completed are shown as such. */
    synchronized void ended() {
        unread.append(out.end());
        unread.append(err.end());
    }

    /** How many bytes came. */
    synchronized long bytes() {
        return bytes;
    }

    /** Whether some of it was left out of a text that was taken. */
    synchronized boolean wasCut() {
        return cut;
    }

    /** Whether the command was ended because of it. */
    synchronized boolean isTooMuch() {
        return bytes > MOST_BYTES;
    }

    /** What came since the last call, fit to be shown; empty when nothing did. */
    synchronized String takeText() {
        cut |= unread.isCut();
        var text = ModelText.output(unread.text());
        if (!text.isEmpty() && !text.endsWith("\n")) {
            text += "\n";
        }
        unread = new HeadAndTail(MOST_CHARACTERS);
        return text;
    }
}
