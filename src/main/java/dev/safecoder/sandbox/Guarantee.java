package dev.safecoder.sandbox;

/** One protection, how far it holds, and what shows it. */
public record Guarantee(Name name, Level level, String evidence) {
    /** The protections, with the names of the command line's contract. */
    public enum Name {
        KERNEL("kernel"),
        FILE_SYSTEM("file-system"),
        NETWORK("network"),
        MEMORY("memory"),
        CPU("cpu"),
        PIDS("pids"),
        DISK("disk"),
        SYSCALLS("syscalls"),
        PRIVILEGES("privileges");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How far a protection holds. */
    public enum Level {
        ENFORCED,
        PARTIAL,
        ABSENT
    }
}
