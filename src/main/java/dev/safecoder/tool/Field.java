package dev.safecoder.tool;

import java.util.List;

/** One field of a tool's input; the schema, the check and the documentation all come from it. */
record Field(String name, Kind kind, Need need, String description) {

    /** Whether a call may leave it out. */
    enum Need {
        REQUIRED,
        OPTIONAL
    }

    /** What a field holds. */
    sealed interface Kind {
        /** Any text without half surrogate pairs. */
        record Text() implements Kind {}

        /** A path inside the sandbox ({@link SandboxPath}). */
        record Path() implements Kind {}

        /** A whole number within bounds. */
        record Whole(long least, long most) implements Kind {}

        /** True or false. */
        record Flag() implements Kind {}

        /** One of these words. */
        record OneOf(List<String> words) implements Kind {
            public OneOf {
                words = List.copyOf(words);
            }
        }

        /** Objects with these fields. */
        record ListOf(List<Field> fields, int most) implements Kind {
            public ListOf {
                fields = List.copyOf(fields);
            }
        }
    }

    static Field required(String name, Kind kind, String description) {
        return new Field(name, kind, Need.REQUIRED, description);
    }

    static Field optional(String name, Kind kind, String description) {
        return new Field(name, kind, Need.OPTIONAL, description);
    }
}
