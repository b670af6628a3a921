package dev.safecoder.commandline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens instead of one system call of a process. */
record SystemFault(Kind kind, SystemCall call) {
    enum Kind {
        /** The process is gone before the call is carried out, as by {@code kill -9}. */
        KILL("signal=KILL", ""),
        ENOSPC("error=ENOSPC", "No space left on device"),
        EIO("error=EIO", "Input/output error"),
        EROFS("error=EROFS", "Read-only file system");

        private final String injection;
        private final String reason;

        Kind(String injection, String reason) {
            this.injection = injection;
            this.reason = reason;
        }

        /** What a person must be told. */
        String reason() {
            return reason;
        }
    }

    /** The words that run a command while strace writes down which files it changes. */
    static List<String> watch(Path log, List<String> command) {
        return strace(log, SystemCall.WRITING, Optional.empty(), command);
    }

    /** The words that run a command to which this happens. */
    List<String> strike(Path log, List<String> command) {
        return strace(log, call.name(), Optional.of(this), command);
    }

    private static List<String> strace(
            Path log, String calls, Optional<SystemFault> fault, List<String> command) {
        var words = new ArrayList<>(List.of("strace", "-f", "-y", "-qq", "-o", log.toString()));
        if (fault.isEmpty() || fault.get().kind() != Kind.KILL) {
            words.add("--seccomp-bpf"); // quicker, but its stops take no signal
        }
        words.addAll(List.of("-e", "trace=" + calls, "-e", "signal=SIGKILL"));
        fault.ifPresent(
                one ->
                        words.addAll(
                                List.of(
                                        "-e",
                                        "inject=%s:%s:when=%d"
                                                .formatted(
                                                        one.call().name(),
                                                        one.kind().injection,
                                                        one.call().number()))));
        words.addAll(command);
        return words;
    }

    @Override
    public String toString() {
        return "%s instead of %s number %d: %s"
                .formatted(kind, call.name(), call.number(), call.line());
    }
}
