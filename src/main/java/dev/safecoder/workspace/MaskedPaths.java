package dev.safecoder.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.process.HostCommand;
import dev.safecoder.process.ProgramEnd;
import dev.safecoder.process.ProgramOutput.Extent;
import dev.safecoder.process.Subprocess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a project its masks hide, looked for on the host while the sandbox starts: every name of
 * the project has to be looked at, and a start must not wait for that. Where the list may be short,
 * or a path is not what could be read of it, the guest looks for itself.
 */
final class MaskedPaths {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MOST_BYTES = 1 << 20;
    private static final String UNREADABLE = "\uFFFD";

    private final Masks masks;
    private final FutureTask<Optional<List<byte[]>>> search;

    private MaskedPaths(Masks masks, FutureTask<Optional<List<byte[]>>> search) {
        this.masks = masks;
        this.search = search;
    }

    /**
     * Begins to look.
     *
     * @param program the guest, as PROTOCOL.md's {@code --list-masked}
     */
    static MaskedPaths search(Project project, Masks masks, Path program) {
        var command =
                new HostCommand(
                        program,
                        List.of("--list-masked", project.folder().toString()),
                        Map.of(),
                        Path.of("/"));
        var patterns =
                masks.patterns().stream()
                        .map(pattern -> pattern + "\0")
                        .collect(Collectors.joining())
                        .getBytes(UTF_8);
        var search =
                new FutureTask<>(() -> paths(Subprocess.run(command, patterns, LIMIT, MOST_BYTES)));
        Thread.ofVirtual().name("masked").start(search);
        return new MaskedPaths(masks, search);
    }

    private static Optional<List<byte[]>> paths(ProgramEnd end) {
        if (!(end instanceof ProgramEnd.Exited(int code, var out, var _))
                || code != 0
                || out.extent() != Extent.WHOLE
                || out.text().contains(UNREADABLE)) {
            return Optional.empty();
        }
        return Optional.of(
                Stream.of(out.text().split("\0"))
                        .filter(path -> !path.isEmpty())
                        .map(path -> path.getBytes(UTF_8))
                        .toList());
    }

    /** Hides them; nothing of the agent's may run yet. Returns what was hidden. */
    List<Entry> hide(Guest guest) throws InterruptedException {
        try {
            var found = search.get();
            return found.isPresent() ? guest.hide(found.get()) : guest.mask(masks.patterns());
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Looks no further. */
    void stop() {
        search.cancel(true);
    }
}
