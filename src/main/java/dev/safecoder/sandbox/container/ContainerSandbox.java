package dev.safecoder.sandbox.container;

import dev.safecoder.guest.Guest;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A running container with its guest. */
final class ContainerSandbox implements Sandbox {
    private static final Duration INSPECT_LIMIT = Duration.ofSeconds(10);

    private final EngineFacts facts;
    private final Container container;
    private final Guest guest;

    ContainerSandbox(EngineFacts facts, Container container, Guest guest) {
        this.facts = facts;
        this.container = container;
        this.guest = guest;
    }

    @Override
    public BackendName backend() {
        return facts.flavor().backend();
    }

    @Override
    public String id() {
        return container.name();
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public List<Guarantee> inspect() {
        try {
            return Deadline.within(INSPECT_LIMIT, this::look);
        } catch (IOException e) {
            return Inspection.gone("its engine does not describe it: " + Words.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Inspection.gone("it was not looked at");
        }
    }

    private List<Guarantee> look() throws IOException {
        var engine = container.engine();
        var seen = engine.inspect(container.name());
        return Inspection.of(seen, facts, RuntimeFloor.evidence(engine.versions())).guarantees();
    }

    @Override
    public void close() {
        guest.close();
        container.remove();
    }
}
