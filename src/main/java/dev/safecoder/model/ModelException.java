package dev.safecoder.model;

import dev.safecoder.fault.SafeCoderException;
import org.jspecify.annotations.Nullable;

/** A model gives no reply; the packages of the providers have one factory for each cause. */
public class ModelException extends SafeCoderException {
    public ModelException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
