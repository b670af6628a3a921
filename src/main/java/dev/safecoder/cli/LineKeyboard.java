package dev.safecoder.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Standard input, line by line. */
final class LineKeyboard implements Questions.Keyboard {
    private final String system;

    LineKeyboard(String system) {
        this.system = system;
    }

    @Override
    public void forget() throws IOException {
        TypedAhead.drop(system);
        Answers.forget();
    }

    @Override
    public @Nullable String line(String question) throws IOException, InterruptedException {
        return Answers.next();
    }
}
