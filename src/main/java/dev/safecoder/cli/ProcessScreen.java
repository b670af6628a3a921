package dev.safecoder.cli;

import dev.safecoder.app.Surroundings;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.tui.ReviewScreen;
import java.io.IOException;

/** The process's own terminal, on which nothing else draws. */
record ProcessScreen(Surroundings surroundings, Console console) implements WholeScreen {
    @Override
    public boolean review(ReviewWalk walk) throws IOException, InterruptedException {
        TypedAhead.drop(surroundings.system());
        try (var _ = new Interruption()) {
            return ReviewScreen.run(
                            console.bytes(), walk, console.reviewPalette(), surroundings.clock())
                    == ReviewScreen.Shown.ON_SCREEN;
        }
    }
}
