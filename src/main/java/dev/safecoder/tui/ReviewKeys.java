package dev.safecoder.tui;

import dev.safecoder.tui.ReviewKey.Letter;
import dev.safecoder.tui.ReviewKey.Special;
import java.io.IOException;
import java.util.Optional;
import org.jline.utils.NonBlockingReader;

/**
 * Keys out of a terminal's characters. A sequence that begins with an escape is read to its end and
 * means one key or nothing, so that no part of a terminal's answer is taken for a letter.
 */
final class ReviewKeys {
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final long REST_MILLIS = 50;
    private static final int LONGEST_SEQUENCE = 4_096;

    private final NonBlockingReader reader;

    ReviewKeys(NonBlockingReader reader) {
        this.reader = reader;
    }

    /** Whether another key is there already. */
    boolean isPressed() throws IOException {
        return reader.peek(1) >= 0;
    }

    /** The next key; empty when none comes in time. */
    Optional<ReviewKey> next(long millis) throws IOException {
        int read = reader.read(millis);
        return switch (read) {
            case NonBlockingReader.READ_EXPIRED -> Optional.empty();
            case NonBlockingReader.EOF, 4 -> Optional.of(Special.END_OF_INPUT);
            case 3 -> Optional.of(Special.INTERRUPT);
            case '\r', '\n' -> Optional.of(Special.ENTER);
            case '\b', 0x7f -> Optional.of(Special.ERASE);
            case ESCAPE -> Optional.of(sequence());
            default -> Optional.of(letter(read));
        };
    }

    private ReviewKey letter(int read) throws IOException {
        if (Character.isHighSurrogate((char) read)) {
            int low = reader.read(REST_MILLIS);
            return low >= 0
                    ? new Letter(Character.toCodePoint((char) read, (char) low))
                    : Special.OTHER;
        }
        return Character.isISOControl(read) ? Special.OTHER : new Letter(read);
    }

    private Special sequence() throws IOException {
        int kind = reader.read(REST_MILLIS);
        return switch (kind) {
            case '[' -> named(parameters());
            case 'O' -> named(Character.toString(Math.max(0, reader.read(REST_MILLIS))));
            case ']', 'P', '_', '^', 'X' -> skipString();
            case NonBlockingReader.READ_EXPIRED, NonBlockingReader.EOF -> Special.ESCAPE;
            default -> Special.OTHER;
        };
    }

    /** Up to the byte that ends a control sequence. */
    private String parameters() throws IOException {
        var text = new StringBuilder();
        int read;
        do {
            read = reader.read(REST_MILLIS);
            if (read < 0) {
                return "";
            }
            text.append((char) read);
        } while ((read < 0x40 || read > 0x7e) && text.length() < LONGEST_SEQUENCE);
        return text.toString();
    }

    /** An answer of the terminal's: up to a bell, or an escape and what belongs to it. */
    private Special skipString() throws IOException {
        for (int count = 0; count < LONGEST_SEQUENCE; count++) {
            int read = reader.read(REST_MILLIS);
            if (read == ESCAPE) {
                reader.read(REST_MILLIS);
            }
            if (read < 0 || read == BELL || read == ESCAPE) {
                break;
            }
        }
        return Special.OTHER;
    }

    private static Special named(String sequence) {
        return switch (sequence) {
            case "A" -> Special.UP;
            case "B" -> Special.DOWN;
            case "C" -> Special.RIGHT;
            case "D" -> Special.LEFT;
            case "5~" -> Special.PAGE_UP;
            case "6~" -> Special.PAGE_DOWN;
            default -> Special.OTHER;
        };
    }
}
