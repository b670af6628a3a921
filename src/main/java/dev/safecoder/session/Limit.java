package dev.safecoder.session;

import java.util.Locale;

/** What a session stopped at before the model was done. */
public enum Limit {
    TURNS,
    TIME,
    COST,
    /** The same call with the same result over and over. */
    LOOP;

    /** As reports write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
