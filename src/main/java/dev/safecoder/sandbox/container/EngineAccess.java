package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reaches the engine that a search names, or says why not. */
final class EngineAccess {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final BackendName name;
    private final EngineEnvironment environment;

    EngineAccess(BackendName name, EngineEnvironment environment) {
        this.name = name;
        this.environment = environment;
    }

    /** What came of it. */
    sealed interface Outcome {
        record Reached(Engine engine) implements Outcome {}

        record NotReached(Unusable why) implements Outcome {}
    }

    Outcome reach(EngineSearch search) throws InterruptedException {
        return switch (search) {
            case EngineSearch.Refused(var why) -> new Outcome.NotReached(why);
            case EngineSearch.Named(var address, var by) -> reachNamed(address, by);
            case EngineSearch.Usual(var addresses) -> reachUsual(addresses);
        };
    }

    private Outcome reachNamed(EngineAddress address, String by) throws InterruptedException {
        if (isForbidden(address) && address instanceof Unix(var socket)) {
            return new Outcome.NotReached(Trouble.permissionDenied(name, socket));
        }
        try {
            return usable(connect(address));
        } catch (IOException e) {
            return new Outcome.NotReached(Trouble.named(address, by, Words.of(e)));
        }
    }

    /** The first that answers; else the trouble that is nearest to working. */
    private Outcome reachUsual(List<EngineAddress> addresses) throws InterruptedException {
        Optional<Unusable> nearest = Optional.empty();
        for (var address : addresses) {
            if (address instanceof Unix(var socket) && !Files.exists(socket)) {
                continue;
            }
            if (isForbidden(address) && address instanceof Unix(var socket)) {
                nearest = nearest.or(() -> Optional.of(Trouble.permissionDenied(name, socket)));
                continue;
            }
            try {
                return usable(connect(address));
            } catch (IOException e) {
                var why = trouble(address, e);
                nearest = nearest.or(() -> Optional.of(why));
            }
        }
        return new Outcome.NotReached(nearest.orElseGet(() -> nothingThere(addresses)));
    }

    private static Outcome usable(Engine engine) {
        return engine.version().compareTo(Engine.OLDEST) < 0
                ? new Outcome.NotReached(Trouble.apiTooOld(engine))
                : new Outcome.Reached(engine);
    }

    private static Engine connect(EngineAddress address) throws IOException, InterruptedException {
        return Deadline.within(LIMIT, () -> Engine.reach(address));
    }

    private static boolean isForbidden(EngineAddress address) {
        return address instanceof Unix(Path socket)
                && Files.exists(socket)
                && !Files.isWritable(socket);
    }

    /** A socket without a listener is an engine that does not run; other answers are odd. */
    private Unusable trouble(EngineAddress address, IOException e) {
        var words = Words.of(e);
        return e instanceof ConnectException || words.contains("refused")
                ? Trouble.notRunning(name, address.toString())
                : Trouble.noAnswer(address, words);
    }

    /** No socket at all: without its program the engine is not installed either. */
    private Unusable nothingThere(List<EngineAddress> addresses) {
        return environment.programs().find(name.toString()).isPresent()
                ? Trouble.notRunning(name, addresses.getFirst().toString())
                : Trouble.notInstalled(name);
    }
}
