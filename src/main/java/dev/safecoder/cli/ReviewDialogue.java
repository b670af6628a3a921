package dev.safecoder.cli;

import dev.safecoder.change.Change;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.review.ReviewPlace;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A review in questions and answers, with the keys of {@code git add -p}. What a risk speaks
 * against is accepted by whole words only.
 */
final class ReviewDialogue {
    private static final String HELP =
            """
            y  accept this                   n  reject this
            a  accept this and the rest of the file
            d  reject this and the rest of the file
            s  split this into smaller ones  q  end; what was decided is saved
            j  go on without a decision      k  go back
            ]  the next file                 [  the file before
            In a flagged file accepting takes whole words: yes, all.""";

    private final Console console;
    private final Questions questions;
    private final ReviewWalk walk;
    private final ReviewPlace place;
    private @Nullable Change shown;

    /** What an answer means for the dialogue. */
    private enum Course {
        GO_ON,
        END
    }

    ReviewDialogue(Console console, Questions questions, ReviewWalk walk) {
        this.console = console;
        this.questions = questions;
        this.walk = walk;
        this.place = walk.place();
    }

    /** Goes on where the last review ended. */
    void run() throws IOException, InterruptedException {
        if (!walk.toFirstOpen()) {
            console.say("Everything is decided; this goes through it once more.");
        }
        var course = Course.GO_ON;
        while (course == Course.GO_ON) {
            show();
            var answer = questions.ask(question());
            course = answer.isEmpty() ? Course.END : act(answer.get());
        }
    }

    private void show() throws IOException {
        if (place.change() != shown) {
            shown = place.change();
            showFile();
        }
        if (place.text().isPresent()) {
            new DiffPrinter(console).print(place.text().get(), place.hunk());
        }
    }

    private void showFile() {
        console.say("");
        console.say(Tone.STRONG, "%s  %s".formatted(place.fileNumber(), walk.title()));
        walk.reasons().forEach(reason -> console.say(Tone.WARNING, "  " + reason));
        if (place.text().isEmpty()) {
            console.say("  " + walk.size());
        }
    }

    private String question() {
        boolean careful = walk.file().needsConfirmation();
        return "%s%s%s [%s n a d s q j k ] [ ?]"
                .formatted(
                        careful ? "FLAGGED. Accept " : "Accept ",
                        place.text().isPresent()
                                ? "this hunk (%s)?".formatted(place.hunkNumber())
                                : "this change?",
                        walk.isDecided()
                                ? " It is: " + walk.verdict().name().toLowerCase(Locale.ROOT)
                                : "",
                        careful ? "yes" : "y");
    }

    private Course act(String answer) throws IOException {
        boolean careful = walk.file().needsConfirmation();
        switch (answer) {
            case "yes" -> {
                return decide(Verdict.ACCEPT);
            }
            case "all" -> {
                return decideRest(Verdict.ACCEPT);
            }
            case "y", "a" -> {
                if (careful) {
                    console.say(
                            "This is flagged: write %s to accept it."
                                    .formatted(answer.equals("y") ? "yes" : "all"));
                    return Course.GO_ON;
                }
                return answer.equals("y") ? decide(Verdict.ACCEPT) : decideRest(Verdict.ACCEPT);
            }
            case "n" -> {
                return decide(Verdict.REJECT);
            }
            case "d" -> {
                return decideRest(Verdict.REJECT);
            }
            case "q" -> {
                return Course.END;
            }
            default -> {
                move(answer);
                return Course.GO_ON;
            }
        }
    }

    private void move(String answer) throws IOException {
        boolean moved =
                switch (answer) {
                    case "s" -> place.split();
                    case "j" -> place.next();
                    case "k" -> place.previous();
                    case "]" -> place.nextFile();
                    case "[" -> place.previousFile();
                    default -> {
                        HELP.lines().forEach(console::say);
                        yield true;
                    }
                };
        if (!moved) {
            console.say(answer.equals("s") ? "It cannot be split." : "There is nothing there.");
        }
    }

    private Course decide(Verdict verdict) throws IOException {
        return walk.decide(verdict) ? Course.GO_ON : Course.END;
    }

    private Course decideRest(Verdict verdict) throws IOException {
        return walk.decideRest(verdict) ? Course.GO_ON : Course.END;
    }
}
