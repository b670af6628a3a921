package dev.safecoder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lines that come some time after each question, with the clock by which they come. */
final class ScriptedKeyboard implements Questions.Keyboard, InstantSource {
    private final Deque<Typed> lines = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;

    private record Typed(Duration after, String line, boolean ahead) {}

    /** Somebody who takes a second for each answer. */
    static ScriptedKeyboard typing(String... answers) {
        var keyboard = new ScriptedKeyboard();
        for (var answer : answers) {
            keyboard.type(1_000, answer);
        }
        return keyboard;
    }

    ScriptedKeyboard type(long afterMillis, String line) {
        lines.add(new Typed(Duration.ofMillis(afterMillis), line, false));
        return this;
    }

    /** A line that is there before the question. */
    ScriptedKeyboard typeAhead(String line) {
        lines.add(new Typed(Duration.ofSeconds(1), line, true));
        return this;
    }

    @Override
    public void forget() {
        lines.removeIf(Typed::ahead);
    }

    @Override
    public @Nullable String line(String question) {
        var typed = lines.poll();
        if (typed == null) {
            return null;
        }
        now = now.plus(typed.after());
        return typed.line();
    }

    @Override
    public Instant instant() {
        return now;
    }
}
