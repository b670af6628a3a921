package dev.safecoder.tui;

import dev.safecoder.review.AnswerTime;
import dev.safecoder.tui.ReviewKey.Letter;
import dev.safecoder.tui.ReviewKey.Special;
import java.time.Instant;

/**
 * A word that somebody types before what is flagged is accepted. Keys that come sooner than a
 * person reads the question, and keys that are no letters, end it without effect: a program in the
 * sandbox may have made the terminal type.
 */
final class ReviewConfirmation {
    private final String word;
    private final Instant asked;
    private final StringBuilder typed = new StringBuilder();

    /** What a key makes of the question. */
    enum Outcome {
        OPEN,
        CONFIRMED,
        TOO_SOON,
        NOT_CONFIRMED
    }

    ReviewConfirmation(String word, Instant asked) {
        this.word = word;
        this.asked = asked;
    }

    String word() {
        return word;
    }

    String question() {
        return "Flagged. Type %s and Enter to accept: %s_".formatted(word, typed);
    }

    Outcome press(ReviewKey key, Instant now) {
        if (AnswerTime.isTooSoon(asked, now)) {
            return Outcome.TOO_SOON;
        }
        return switch (key) {
            case Letter(int point) when typed.length() < word.length() -> {
                typed.appendCodePoint(point);
                yield word.startsWith(typed.toString()) ? Outcome.OPEN : Outcome.NOT_CONFIRMED;
            }
            case Special.ERASE -> {
                typed.setLength(Math.max(0, typed.length() - 1));
                yield Outcome.OPEN;
            }
            case Special.ENTER ->
                    word.contentEquals(typed) ? Outcome.CONFIRMED : Outcome.NOT_CONFIRMED;
            case Letter _, Special _ -> Outcome.NOT_CONFIRMED;
        };
    }
}
