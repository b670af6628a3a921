package dev.safecoder.model.remote;

/** A credential; it prints as nothing, and only {@link #reveal} gives it. */
public record ApiKey(String reveal) {
    @Override
    public String toString() {
        return "(hidden)";
    }
}
