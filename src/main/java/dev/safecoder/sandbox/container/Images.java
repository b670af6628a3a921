package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.Availability.Usable;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.container.ContainerSettings.Pull;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** The image of the sandboxes: whether it is there or could be fetched, and fetching it. */
final class Images {
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(3);
    private static final int NOT_FOUND = 404;

    private final Engine engine;
    private final Flavor flavor;
    private final ContainerSettings settings;
    private final RegistryLogin login;

    Images(
            Engine engine,
            Flavor flavor,
            ContainerSettings settings,
            EngineEnvironment environment) {
        this.engine = engine;
        this.flavor = flavor;
        this.settings = settings;
        this.login = new RegistryLogin(environment, flavor);
    }

    /** Whether a container of it could be made now. */
    Availability look() throws InterruptedException {
        try {
            Deadline.within(LOOK_LIMIT, () -> engine.image(settings.image()));
            return new Usable(
                    "%s at %s, image %s"
                            .formatted(engine.server(), engine.address(), settings.image()));
        } catch (EngineRefusal refusal) {
            return refusal.status() == NOT_FOUND
                    ? lookAtRegistry()
                    : Trouble.noAnswer(engine.address(), refusal.words());
        } catch (IOException e) {
            return Trouble.noAnswer(engine.address(), Words.of(e));
        }
    }

    private Availability lookAtRegistry() throws InterruptedException {
        if (settings.pull() == Pull.NEVER) {
            return Trouble.imageMissing(flavor.backend(), settings.image());
        }
        var name = ImageName.parse(settings.image());
        try {
            var credentials = login.of(name.registry());
            Deadline.within(LOOK_LIMIT, () -> askRegistry(credentials));
            return new Usable(
                    "%s at %s, image %s is fetched first"
                            .formatted(engine.server(), engine.address(), settings.image()));
        } catch (IOException e) {
            return whyNot(Words.of(e));
        }
    }

    private Object askRegistry(String credentials) throws IOException {
        return switch (flavor) {
            case DOCKER -> engine.atRegistry(settings.image(), credentials);
            case PODMAN -> engine.manifest(settings.image(), credentials);
        };
    }

    /** Fetches it, told line by line; an interrupt ends the fetching. */
    void fetch(StartListener listener) throws PullFailure, IOException, InterruptedException {
        if (settings.pull() == Pull.NEVER) {
            throw new PullFailure(Trouble.imageMissing(flavor.backend(), settings.image()));
        }
        var name = ImageName.parse(settings.image());
        var progress = new PullProgress(settings.image(), listener);
        var credentials = login.of(name.registry());
        try {
            Deadline.within(
                    Duration.ofHours(2),
                    () -> {
                        try (var answer = engine.pull(name.repository(), name.tag(), credentials)) {
                            progress.follow(answer.body());
                            return answer;
                        }
                    });
        } catch (IOException e) {
            throw new PullFailure(whyNot(Words.of(e)));
        }
    }

    /** The engines hand on the registry's words; what they mean is in them, not in the status. */
    private Unusable whyNot(String words) {
        var image = settings.image();
        var registry = ImageName.parse(image).registry();
        var low = words.toLowerCase(Locale.ROOT);
        if (low.matches(
                ".*(unauthorized|authentication required|no basic auth|denied|forbidden).*")) {
            return Trouble.imageDenied(flavor.backend(), image, registry);
        }
        if (low.matches(".*(manifest unknown|not found|name unknown|no such image).*")) {
            return Trouble.imageUnknown(flavor.backend(), image, words);
        }
        return low.contains("no space left")
                ? Trouble.diskFull(flavor.backend(), words)
                : Trouble.registryUnreachable(flavor.backend(), image, registry, words);
    }
}
