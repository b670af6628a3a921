package dev.safecoder.guest;

import java.util.List;

/** The answer to a listing. */
public sealed interface ListAnswer {
    /** The entries; {@code complete} is false when there were more than asked for. */
    record Listed(List<Entry> entries, boolean complete) implements ListAnswer {
        public Listed {
            entries = List.copyOf(entries);
        }
    }

    /** It could not be listed: Linux error number. */
    record Refused(int errno, String step) implements ListAnswer {}
}
