package dev.safecoder.model;

import dev.safecoder.fault.SafeCoderException;
import org.jspecify.annotations.Nullable;

/** A model gives no reply; the packages of the providers have one factory for each cause. */
public class ModelException extends SafeCoderException {
    public ModelException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    /** A conversation was made shorter as often as makes sense. */
    public static ModelException staysTooLong(String model, int times) {
        return new ModelException(
                "The conversation stays longer than '%s' can read, made shorter %d times in a row"
                        .formatted(model, times),
                "ask for less at once, or begin a new session; what this one changed is kept",
                null);
    }

    /** A prompt carries a picture. */
    public static ModelException takesNoPictures(String model) {
        return new ModelException(
                "'%s' takes no pictures".formatted(model),
                "leave out --attach, or choose a model that can see with --model",
                null);
    }

    /** A summary was asked for in vain. */
    public static ModelException noSummary(String model) {
        return new ModelException(
                "'%s' gave no summary of the conversation, which must become shorter"
                        .formatted(model),
                "begin a new session; what this one changed is kept",
                null);
    }

    /** Whether the conversation is longer than the model can read. */
    public boolean isOverflow() {
        return false;
    }
}
