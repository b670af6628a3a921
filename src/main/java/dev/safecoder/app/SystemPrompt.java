package dev.safecoder.app;

import dev.safecoder.app.SessionStart.Started;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a model is told before anything else; what changes from session to session comes last. */
final class SystemPrompt {
    private static final String RESOURCE = "system-prompt.txt";

    private SystemPrompt() {}

    static String of(Started started) throws IOException {
        var record = started.session().record();
        return "%s\nWall: %s. Workspace: %s. Hidden files: %d.\n"
                .formatted(
                        fixedPart(),
                        record.backend().title(),
                        record.workspace(),
                        started.hidden().size());
    }

    private static String fixedPart() throws IOException {
        try (var text = SystemPrompt.class.getResourceAsStream(RESOURCE)) {
            return new String(
                    Objects.requireNonNull(text, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
