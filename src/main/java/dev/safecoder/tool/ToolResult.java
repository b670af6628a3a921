package dev.safecoder.tool;

import dev.safecoder.model.ToolAnswer;
import java.util.OptionalInt;

/**
 * What one tool call came to.
 *
 * @param answer for the model; bounded, valid Unicode without NUL
 * @param exitCode of the command, when one ran to its end
 * @param summary one line for people, at most 300 characters; raw text, the caller encodes it
 */
public record ToolResult(ToolAnswer answer, OptionalInt exitCode, String summary, Effect effect) {

    /** What the call may have done to the workspace. */
    public enum Effect {
        /** The tool can only read. */
        READ_ONLY,
        /** The tool can write, but this call was refused before it did. */
        UNTOUCHED,
        /** Something may have changed: look for it. */
        POSSIBLY_CHANGED
    }

    /** Whether it is worth looking for changes. */
    public boolean mayHaveChanged() {
        return effect == Effect.POSSIBLY_CHANGED;
    }

    /** Whether the tool could not have changed anything, whatever it was given. */
    public boolean readOnly() {
        return effect == Effect.READ_ONLY;
    }
}
