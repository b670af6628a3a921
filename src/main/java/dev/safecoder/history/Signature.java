package dev.safecoder.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;

/** Who a commit is by: the user, when their git knows them. */
record Signature(String name, String email) {
    private static final Signature NEUTRAL = new Signature("Safe Coder", "safe-coder@localhost");

    /** The strongest configuration comes last; one that cannot be read says nothing. */
    static Signature of(List<Path> userConfigs, Config repository) {
        var configs = new ArrayList<Config>();
        for (var file : userConfigs) {
            readable(file).ifPresent(configs::add);
        }
        configs.add(repository);
        return new Signature(
                last(configs, "name").orElse(NEUTRAL.name),
                last(configs, "email").orElse(NEUTRAL.email));
    }

    private static Optional<Config> readable(Path file) {
        try {
            return Optional.of(GitFolder.read(file));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> last(List<Config> configs, String key) {
        return configs.reversed().stream()
                .map(config -> Optional.ofNullable(config.getString("user", null, key)))
                .flatMap(Optional::stream)
                .map(value -> value.replaceAll("[\\p{Cntrl}<>]", " ").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** As it stands in a commit. */
    String at(Instant when) {
        return "%s <%s> %d +0000".formatted(name, email, when.getEpochSecond());
    }
}
