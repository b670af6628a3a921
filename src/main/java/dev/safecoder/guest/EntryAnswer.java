package dev.safecoder.guest;

/** Reads and checks ENTRY frames. */
final class EntryAnswer {
    private static final int MOST_MODE = 07777;
    private static final long MOST_NANOS = 999_999_999;

    private EntryAnswer() {}

    static Entry read(Answer answer) throws ProtocolBreach {
        var kind = answer.constant(Entry.Kind.values());
        int mode = mode(answer);
        long size = answer.u64();
        long seconds = answer.i64();
        long nanos = answer.u32();
        long links = answer.u32();
        var path = answer.path();
        answer.end();
        if (nanos > MOST_NANOS) {
            throw new ProtocolBreach("ENTRY with %d nanoseconds".formatted(nanos));
        }
        return new Entry(kind, mode, size, seconds, (int) nanos, links, path);
    }

    /** Permission bits. */
    static int mode(Answer answer) throws ProtocolBreach {
        long mode = answer.u32();
        if (mode > MOST_MODE) {
            throw new ProtocolBreach("%s with the mode %o".formatted(answer.type(), mode));
        }
        return (int) mode;
    }

    /**
     * As {@link #read}, for paths that the guest has found below the root by itself: names joined
     * by single slashes, none of them {@code .} or {@code ..}.
     */
    static Entry readFound(Answer answer) throws ProtocolBreach {
        var entry = read(answer);
        var path = entry.path();
        int start = 0;
        for (int at = 0; at <= path.length; at++) {
            if (at == path.length || path[at] == '/') {
                if (isNoName(path, start, at)) {
                    throw new ProtocolBreach("ENTRY with a path that leaves the root");
                }
                start = at + 1;
            }
        }
        return entry;
    }

    private static boolean isNoName(byte[] path, int start, int end) {
        return switch (end - start) {
            case 0 -> true;
            case 1 -> path[start] == '.';
            case 2 -> path[start] == '.' && path[start + 1] == '.';
            default -> false;
        };
    }

    /** Whether its last name is git's, in any case: nothing of it ever leaves the sandbox. */
    static boolean isGit(byte[] path) {
        int start = path.length - 4;
        return start >= 0
                && (start == 0 || path[start - 1] == '/')
                && path[start] == '.'
                && (path[start + 1] | 0x20) == 'g'
                && (path[start + 2] | 0x20) == 'i'
                && (path[start + 3] | 0x20) == 't';
    }
}
