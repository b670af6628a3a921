package dev.safecoder.workspace;

import dev.safecoder.guest.Guest;
import dev.safecoder.guest.WriteAnswer;
import dev.safecoder.guest.WriteRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps credentials in the project's {@code .git/config} out of the sandbox: the sandbox gets the
 * file without them, the project's own is not touched.
 */
final class GitCredentials {
    private static final String CONFIG = ".git/config";
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern IN_ADDRESS = Pattern.compile("(?i)(https?://)[^/@\\s]+@");
    private static final Pattern IN_SETTING =
            Pattern.compile(
                    "(?im)^([ \\t]*(?:extraheader|password|token|oauthtoken|helper)[ \\t]*=).*$");

    private GitCredentials() {}

    /** Replaces the file inside when it holds credentials; returns what was hidden. */
    static List<String> hide(Project project, Guest guest)
            throws IOException, InterruptedException {
        var config = project.folder().resolve(CONFIG);
        if (!Files.isDirectory(project.folder().resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS)
                || Files.size(config) > MOST_BYTES) {
            return List.of();
        }
        var text = Files.readString(config, StandardCharsets.ISO_8859_1);
        var clean = without(text);
        if (clean.equals(text)) {
            return List.of();
        }
        var bytes = clean.getBytes(StandardCharsets.ISO_8859_1);
        var request = WriteRequest.file(CONFIG.getBytes(StandardCharsets.UTF_8), bytes.length);
        if (guest.write(request, new ByteArrayInputStream(bytes))
                instanceof WriteAnswer.Refused(int errno, var step)) {
            throw WorkspaceException.cannotStream(
                    CONFIG, "%s gave errno %d".formatted(step, errno));
        }
        return List.of(CONFIG + " (credentials only)");
    }

    static String without(String config) {
        var addresses = IN_ADDRESS.matcher(config).replaceAll("$1");
        return IN_SETTING.matcher(addresses).replaceAll("$1 ");
    }
}
