package dev.safecoder.tool;

import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.tool.ToolResult.Effect;
import java.util.OptionalInt;

/** What a tool says: to the model at length, to people in one line. */
record Said(String text, Outcome outcome, OptionalInt exitCode, String summary, Effect effect) {

    /** A tool that only reads did its work. */
    static Said read(String text, String summary) {
        return done(text, summary, Effect.READ_ONLY);
    }

    /** A tool that writes did its work. */
    static Said changed(String text, String summary) {
        return done(text, summary, Effect.POSSIBLY_CHANGED);
    }

    private static Said done(String text, String summary, Effect effect) {
        return new Said(text, Outcome.DONE, OptionalInt.empty(), summary, effect);
    }

    /** Nothing was done, for this reason, which a person reads, too. */
    static Said refused(String reason, Effect effect) {
        return new Said(reason, Outcome.REFUSED, OptionalInt.empty(), reason, effect);
    }

    ToolResult to(String id) {
        return new ToolResult(
                new ToolAnswer(id, ModelText.sendable(text), outcome),
                exitCode,
                ModelText.oneLine(summary),
                effect);
    }
}
