package dev.safecoder.review;

import java.util.List;

/**
 * Why a change needs its own confirmation.
 *
 * @param reason a clause for a person, as in "git runs it as a hook"
 * @param lines which lines of the new content show it, counted from 1; at most 20, and none when it
 *     is the file itself
 */
public record Risk(Flag flag, String reason, List<Integer> lines) {
    /** The flags, named as scripts see them. */
    public enum Flag {
        RUNS_ON_HOST("runs-on-host"),
        BINARY("binary"),
        LARGE("large"),
        SECRET_LIKE("secret-like");

        private final String text;

        Flag(String text) {
            this.text = text;
        }

        /** The name in reports. */
        @Override
        public String toString() {
            return text;
        }
    }

    static final int MOST_LINES = 20;

    public Risk {
        lines = List.copyOf(lines);
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("too many lines");
        }
    }
}
