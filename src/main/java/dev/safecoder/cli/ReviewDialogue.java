package dev.safecoder.cli;

import dev.safecoder.change.Change;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.Risk;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A review in questions and answers, with the keys of {@code git add -p}. What a risk speaks
 * against is accepted by whole words only. Every verdict is kept as soon as it is given, so that an
 * end of any kind loses none.
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
    private final Keeper keeper;
    private final ReviewPlace place;
    private Review review;
    private @Nullable Change shown;

    /** Where verdicts are kept. */
    @FunctionalInterface
    interface Keeper {
        void keep(Review review) throws IOException;
    }

    /** What an answer means for the dialogue. */
    private enum Course {
        GO_ON,
        END
    }

    /**
     * @param meant the changes to go through, at least one
     */
    ReviewDialogue(
            Console console, Questions questions, Review review, List<Change> meant, Keeper keeper)
            throws IOException {
        this.console = console;
        this.questions = questions;
        this.keeper = keeper;
        this.review = review;
        this.place = new ReviewPlace(meant, review.changes().blobs());
    }

    /** Goes on where the last review ended; returns what was decided in all. */
    Review run() throws IOException, InterruptedException {
        if (!toFirstOpen()) {
            console.say("Everything is decided; this goes through it once more.");
            toFirst();
        }
        var course = Course.GO_ON;
        while (course == Course.GO_ON) {
            show();
            var answer = questions.ask(question());
            course = answer.isEmpty() ? Course.END : act(answer.get());
        }
        return review;
    }

    private boolean toFirstOpen() throws IOException {
        while (isDecided()) {
            if (!place.next()) {
                return false;
            }
        }
        return true;
    }

    private void toFirst() throws IOException {
        while (place.previousFile()) {
            // one after the other
        }
    }

    private boolean isDecided() {
        return place.text()
                .map(text -> file().isDecided(text, place.hunk()))
                .orElse(!file().isAsFound());
    }

    private FileReview file() {
        return review.file(place.change().path()).orElseThrow();
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
        var change = place.change();
        console.say("");
        console.say(
                Tone.STRONG,
                "%s  %s  %s%s"
                        .formatted(
                                place.fileNumber(),
                                Summary.kind(change),
                                change.from()
                                        .map(from -> PathText.shown(from.bytes()) + " → ")
                                        .orElse(""),
                                PathText.shown(change.path().bytes())));
        file().risks().forEach(this::show);
        if (place.text().isEmpty()) {
            console.say("  " + size(change));
        }
    }

    private void show(Risk risk) {
        console.say(Tone.WARNING, "  %s: %s".formatted(risk.flag(), risk.reason()));
        place.text()
                .ifPresent(
                        text -> {
                            for (int line : risk.lines()) {
                                var bytes = text.afterBytes(line - 1, line);
                                console.say(
                                        Tone.WARNING,
                                        "    line %d: %s"
                                                .formatted(line, DiffPrinter.shownLine(bytes)));
                            }
                        });
    }

    private static String size(Change change) {
        return change.after()
                .map(
                        after ->
                                "%s of %d bytes, %s"
                                        .formatted(
                                                after.type().name().toLowerCase(Locale.ROOT),
                                                after.size(),
                                                after.blob().hex()))
                .orElse("it goes");
    }

    private String question() {
        var verdict =
                place.text()
                        .map(text -> file().verdict(text, place.hunk()))
                        .orElse(file().verdict());
        return "%s%s%s [%s n a d s q j k ] [ ?]"
                .formatted(
                        file().needsConfirmation() ? "FLAGGED. Accept " : "Accept ",
                        place.text().isPresent()
                                ? "this hunk (%s)?".formatted(place.hunkNumber())
                                : "this change?",
                        isDecided() ? " It is: " + verdict.name().toLowerCase(Locale.ROOT) : "",
                        file().needsConfirmation() ? "yes" : "y");
    }

    private Course act(String answer) throws IOException {
        boolean careful = file().needsConfirmation();
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
        var path = place.change().path();
        keep(
                place.text().isPresent()
                        ? review.decide(path, place.text().get(), place.hunk(), verdict)
                        : review.decide(path, verdict));
        return place.next() ? Course.GO_ON : Course.END;
    }

    private Course decideRest(Verdict verdict) throws IOException {
        var path = place.change().path();
        keep(
                place.text().isPresent()
                        ? review.decide(path, place.text().get(), place.rest(), verdict)
                        : review.decide(path, verdict));
        return place.nextFile() ? Course.GO_ON : Course.END;
    }

    private void keep(Review decided) throws IOException {
        keeper.keep(decided);
        review = decided;
    }
}
