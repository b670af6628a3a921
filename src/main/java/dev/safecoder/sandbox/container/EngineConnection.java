package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.container.EngineAccess.Outcome;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.Reached;
import dev.safecoder.sandbox.container.EngineEnvironment.HostSystem;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import dev.safecoder.sandbox.container.EngineSearch.Usual;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The way to the engine of one backend; what an engine is like is asked once. */
final class EngineConnection {
    private final Flavor flavor;
    private final EngineEnvironment environment;
    private final Supplier<EngineSearch> search;
    private final ReentrantLock serving = new ReentrantLock();
    private Optional<EngineAddress> served = Optional.empty();
    private final Map<EngineAddress, EngineFacts> facts = new ConcurrentHashMap<>();

    EngineConnection(Flavor flavor, EngineEnvironment environment) {
        this.flavor = flavor;
        this.environment = environment;
        this.search =
                switch (flavor) {
                    case DOCKER -> new DockerSearch(environment)::search;
                    case PODMAN -> new PodmanSearch(environment)::search;
                };
    }

    /** With a search of its own, for tests. */
    EngineConnection(Flavor flavor, EngineEnvironment environment, EngineSearch search) {
        this.flavor = flavor;
        this.environment = environment;
        this.search = () -> search;
    }

    /** Looks for the engine anew: it may have come, gone or moved since. */
    Outcome reach() throws InterruptedException {
        var access = new EngineAccess(flavor.backend(), environment);
        var places = search.get();
        var outcome = access.reach(places);
        boolean mayBeStarted =
                flavor == Flavor.PODMAN
                        && environment.system() == HostSystem.LINUX
                        && places instanceof Usual;
        if (outcome instanceof Reached || !mayBeStarted) {
            return outcome;
        }
        return reachServed(access, outcome);
    }

    /** Podman that we made listen; again when it has ended meanwhile. */
    private Outcome reachServed(EngineAccess access, Outcome otherwise)
            throws InterruptedException {
        serving.lockInterruptibly();
        try {
            if (served.isPresent()
                    && access.reach(new Usual(List.of(served.get()))) instanceof Reached alive) {
                return alive;
            }
            served = new PodmanProgram(environment).serve();
            return served.isPresent() ? access.reach(new Usual(List.of(served.get()))) : otherwise;
        } finally {
            serving.unlock();
        }
    }

    EngineFacts facts(Engine engine) throws IOException, InterruptedException {
        var known = facts.get(engine.address());
        if (known == null) {
            known = new EngineProbe(engine, flavor, environment).facts();
            facts.put(engine.address(), known);
        }
        return known;
    }
}
