package dev.safecoder.cli;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ListAnswer;
import dev.safecoder.text.TerminalEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of the workspace by name, as the sandbox shows them now, for completion. */
final class SandboxNames {
    private static final int DEPTH = 8;
    private static final int MOST = 5_000;

    private @Nullable Guest guest;

    void of(Guest current) {
        guest = current;
    }

    /** Those whose names show as they are; none where the sandbox does not answer. */
    List<String> all() {
        if (guest == null) {
            return List.of();
        }
        try {
            return guest.list(new byte[] {'.'}, DEPTH, MOST)
                            instanceof ListAnswer.Listed(var found, _)
                    ? found.stream()
                            .filter(entry -> entry.kind() == Entry.Kind.FILE)
                            .map(entry -> new String(entry.path(), StandardCharsets.UTF_8))
                            .filter(name -> TerminalEncoder.line(name).equals(name))
                            .filter(name -> !name.startsWith(".git/"))
                            .toList()
                    : List.of();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
