package dev.safecoder.fault;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The environment does not let the work go on; says which thing, what happened and why in one
 * sentence, and how to mend it.
 */
public abstract class SafeCoderException extends RuntimeException {
    private final String remedy;

    /**
     * @param problem one sentence: which thing, what happened, cause; values quoted
     * @param remedy an imperative that can be followed as it stands, shown after "Try: "
     */
    protected SafeCoderException(String problem, String remedy, @Nullable Throwable cause) {
        super(Objects.requireNonNull(problem), cause);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** One sentence for a person. */
    public final String problem() {
        return Objects.requireNonNull(getMessage());
    }

    /** What to do about it, in the imperative. */
    public final String remedy() {
        return remedy;
    }
}
