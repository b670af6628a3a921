package dev.safecoder.cli;

import dev.safecoder.review.AnswerTime;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions whose answers count. Output of a sandbox can make a terminal type by itself; what was
 * there before the question, comes sooner after it than a person reads, or holds a control
 * character is therefore no answer, and is asked for again.
 */
final class Questions {
    private final Console console;
    private final InstantSource clock;
    private final Keyboard keyboard;

    /** Where answers come from. */
    interface Keyboard {
        /** Forgets what was typed already. */
        void forget() throws IOException;

        /** The next line, null at the end of input. */
        @Nullable String line(String question) throws IOException, InterruptedException;

        /** Whether {@link #line} shows the question itself. */
        default boolean showsQuestion() {
            return false;
        }
    }

    Questions(Console console, InstantSource clock, Keyboard keyboard) {
        this.console = console;
        this.clock = clock;
        this.keyboard = keyboard;
    }

    /** The answer without blanks around it; empty at the end of input. */
    Optional<String> ask(String question) throws IOException, InterruptedException {
        while (true) {
            keyboard.forget();
            if (!keyboard.showsQuestion()) {
                console.ask(question);
            }
            var asked = clock.instant();
            var line = keyboard.line(question);
            if (line == null) {
                return Optional.empty();
            }
            if (AnswerTime.isTooSoon(asked, clock.instant())) {
                console.say("That came too soon to be an answer; it does not count.");
            } else if (line.chars().anyMatch(Character::isISOControl)) {
                console.say("That holds more than letters; it does not count.");
            } else {
                return Optional.of(line.strip());
            }
        }
    }
}
