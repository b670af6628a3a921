package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.Availability.Usable;
import dev.safecoder.sandbox.ImageStore;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.NotReached;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.Reached;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** An engine's images, by its API. */
final class EngineImages implements ImageStore {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration BUILD_LIMIT = Duration.ofHours(2);
    private static final String NAMELESS = "<none>:<none>";

    private final Flavor flavor;
    private final EngineConnection connection;
    private final EngineEnvironment environment;

    EngineImages(Flavor flavor, EngineConnection connection, EngineEnvironment environment) {
        this.flavor = flavor;
        this.connection = connection;
        this.environment = environment;
    }

    @Override
    public Availability reachable() throws InterruptedException {
        return switch (connection.reach()) {
            case NotReached(var why) -> why;
            case Reached(var engine) ->
                    new Usable("%s at %s".formatted(engine.server(), engine.address()));
        };
    }

    @Override
    public List<Image> all() throws InterruptedException {
        var engine = engine();
        var listed = asked(LIMIT, engine::images, why -> Trouble.noAnswer(engine.address(), why));
        var all = new ArrayList<Image>();
        for (var image : listed) {
            for (var name : image.path("RepoTags")) {
                if (!name.asText().equals(NAMELESS)) {
                    all.add(image(name.asText(), image));
                }
            }
        }
        all.sort(Comparator.comparing(Image::reference));
        return List.copyOf(all);
    }

    private static Image image(String reference, JsonNode image) {
        return new Image(
                reference,
                image.path("Id").asText(),
                image.path("Size").asLong(),
                Instant.ofEpochSecond(image.path("Created").asLong()));
    }

    @Override
    public void pull(String reference, StartListener listener) throws InterruptedException {
        var settings = ContainerSettings.fetching(reference);
        try {
            new Images(engine(), flavor, settings, environment).fetch(listener);
        } catch (PullFailure failure) {
            throw SandboxException.images(flavor.backend(), failure.why());
        } catch (IOException failure) {
            throw refused(Trouble.noAnswer(engine().address(), Words.of(failure)));
        }
    }

    @Override
    public void build(String reference, byte[] recipe, StartListener listener)
            throws InterruptedException {
        var engine = engine();
        asked(
                BUILD_LIMIT,
                () -> {
                    try (var answer = engine.build(reference, Tar.recipe(recipe))) {
                        Json.eachLine(answer.body(), line -> tell(line, listener));
                        return answer;
                    }
                },
                why -> Trouble.notBuilt(reference, why));
    }

    private static void tell(JsonNode line, StartListener listener) {
        line.path("stream")
                .asText()
                .lines()
                .filter(it -> !it.isBlank())
                .forEach(listener::progress);
    }

    @Override
    public void remove(String reference) throws InterruptedException {
        var engine = engine();
        asked(
                LIMIT,
                () -> {
                    engine.removeImage(reference);
                    return engine;
                },
                why -> Trouble.notRemoved(flavor.backend(), reference, why));
    }

    private <T> T asked(Duration limit, Callable<T> call, Function<String, Unusable> trouble)
            throws InterruptedException {
        try {
            return Deadline.within(limit, call);
        } catch (IOException failure) {
            throw refused(trouble.apply(Words.of(failure)));
        }
    }

    private Engine engine() throws InterruptedException {
        return switch (connection.reach()) {
            case Reached(var engine) -> engine;
            case NotReached(var why) -> throw SandboxException.unusable(flavor.backend(), why);
        };
    }

    private SandboxException refused(Unusable why) {
        return SandboxException.images(flavor.backend(), why);
    }
}
