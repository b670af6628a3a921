package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.ImageStore;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.NotReached;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.Reached;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Docker and Podman as walls. The engine is looked for at each call until it has answered once; one
 * instance serves any number of sandboxes, from any threads.
 */
public final class ContainerBackend implements Backend {
    private static final Duration FACTS_LIMIT = Duration.ofSeconds(30);
    private static final Duration REAP_LIMIT = Duration.ofSeconds(30);

    private final Flavor flavor;
    private final ContainerSettings settings;
    private final EngineEnvironment environment;
    private final EngineConnection connection;

    private ContainerBackend(
            Flavor flavor, ContainerSettings settings, EngineEnvironment environment) {
        this.flavor = flavor;
        this.settings = settings;
        this.environment = environment;
        this.connection = new EngineConnection(flavor, environment);
    }

    /** Docker, found as its own command finds it. */
    public static Backend docker(ContainerSettings settings, EngineEnvironment environment) {
        return new ContainerBackend(Flavor.DOCKER, settings, environment);
    }

    /** Podman, found by its variable or at its sockets. */
    public static Backend podman(ContainerSettings settings, EngineEnvironment environment) {
        return new ContainerBackend(Flavor.PODMAN, settings, environment);
    }

    @Override
    public BackendName name() {
        return flavor.backend();
    }

    @Override
    public Availability availability() throws InterruptedException {
        return switch (connection.reach()) {
            case NotReached(var why) -> why;
            case Reached(var engine) -> new Images(engine, flavor, settings, environment).look();
        };
    }

    @Override
    public MountSupport mountSupport() throws InterruptedException {
        return facts(engine()).mounts();
    }

    @Override
    public Sandbox start(SandboxSpec spec, StartListener listener) throws InterruptedException {
        var engine = engine();
        var facts = facts(engine);
        facts.warning().ifPresent(listener::progress);
        var images = new Images(engine, flavor, settings, environment);
        return new ContainerStart(engine, facts, spec, settings, images, listener).run();
    }

    @Override
    public Optional<ImageStore> images() {
        return Optional.of(new EngineImages(flavor, connection, environment));
    }

    @Override
    public int reap(Path stateFolder) throws InterruptedException {
        if (!(connection.reach() instanceof Reached(var engine))) {
            return 0; // no engine: nothing of ours runs in it
        }
        try {
            var leftovers = new Leftovers(engine, stateFolder, environment.hostName());
            return Deadline.within(REAP_LIMIT, leftovers::remove);
        } catch (IOException e) {
            throw SandboxException.leftBehind(name(), Words.of(e), lookAt(), e);
        }
    }

    private Engine engine() throws InterruptedException {
        return switch (connection.reach()) {
            case Reached(var engine) -> engine;
            case NotReached(Unusable why) -> throw SandboxException.unusable(name(), why);
        };
    }

    private EngineFacts facts(Engine engine) throws InterruptedException {
        try {
            return Deadline.within(FACTS_LIMIT, () -> connection.facts(engine));
        } catch (IOException e) {
            throw SandboxException.cannotStart(
                    name(), "the engine does not describe itself: " + Words.of(e), lookAt(), e);
        }
    }

    private String lookAt() {
        return "look at what `%s info` says".formatted(name());
    }
}
