package dev.safecoder.sandbox.container;

import dev.safecoder.guest.GuestClient;
import dev.safecoder.guest.GuestException;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.WorkspaceMount;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One start of one container, from the plan to a guest that answers. */
final class ContainerStart {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(20);
    private static final int NOT_FOUND = 404;

    private final Engine engine;
    private final EngineFacts facts;
    private final SandboxSpec spec;
    private final Images images;
    private final StartListener listener;
    private final ContainerPlan plan;
    private final StartTrouble trouble;

    ContainerStart(
            Engine engine,
            EngineFacts facts,
            SandboxSpec spec,
            ContainerSettings settings,
            Images images,
            StartListener listener) {
        this.engine = engine;
        this.facts = facts;
        this.spec = spec;
        this.images = images;
        this.listener = listener;
        this.plan = ContainerPlan.of(spec, settings, facts);
        this.trouble = new StartTrouble(facts.flavor().backend(), settings.image());
    }

    Sandbox run() throws InterruptedException {
        refuseWhatCannotBeMounted();
        var container = new Container(engine, spec.name(), plan.injection());
        boolean started = false;
        try {
            layOutScratch();
            makeVolumes();
            withImage(this::requestContainer);
            var sandbox = begin(container);
            started = true;
            return sandbox;
        } catch (IOException e) {
            throw trouble.cannotStart(e);
        } catch (GuestException e) {
            throw trouble.guestDoesNotAnswer(e);
        } finally {
            if (!started) {
                container.remove();
            }
        }
    }

    /** Fails before anything is made: a mount that is silently something else would be a hole. */
    private void refuseWhatCannotBeMounted() {
        boolean fromHost = !(spec.workspace() instanceof WorkspaceMount.Streamed);
        if (fromHost && !facts.seesOurFolders()) {
            throw trouble.seesNoFolders();
        }
        if (fromHost && !ContainerPlan.isPlain(spec.scratch())) {
            throw trouble.scratchNotPlain(spec.scratch());
        }
    }

    private void layOutScratch() throws IOException {
        for (var link : plan.links().entrySet()) {
            try {
                Files.createSymbolicLink(spec.scratch().resolve(link.getKey()), link.getValue());
            } catch (FileAlreadyExistsException e) {
                throw new IOException(
                        "the scratch folder '%s' is not empty".formatted(spec.scratch()), e);
            }
        }
        for (var file : plan.files().entrySet()) {
            Files.writeString(spec.scratch().resolve(file.getKey()), file.getValue());
        }
    }

    /** The engine sees none of our files, so the guest goes in by its API. */
    private void makeVolumes() throws IOException, InterruptedException {
        if (plan.injection().isPresent()) {
            var injection = plan.injection().get();
            var guest = spec.guestFolder().resolve(facts.architecture()).resolve("guest");
            var program = Files.readAllBytes(guest);
            withImage(() -> injection.bring(engine, facts.flavor(), program));
        }
    }

    /** Asks for something that needs the image; fetches the image first when it is not there. */
    private void withImage(Callable<String> request) throws IOException, InterruptedException {
        try {
            Deadline.whole(CALL_LIMIT, request);
        } catch (EngineRefusal refusal) {
            if (refusal.status() != NOT_FOUND) {
                throw refusal;
            }
            fetchImage();
            Deadline.whole(CALL_LIMIT, request);
        }
    }

    private String requestContainer() throws IOException {
        return engine.create(spec.name(), plan.request().json());
    }

    private void fetchImage() throws IOException, InterruptedException {
        try {
            images.fetch(listener);
        } catch (PullFailure failure) {
            throw SandboxException.unusable(facts.flavor().backend(), failure.why());
        }
    }

    private Sandbox begin(Container container) throws IOException, InterruptedException {
        var attached = Deadline.within(CALL_LIMIT, () -> engine.attach(spec.name()));
        var stream = new AttachedStream(attached, container::remove);
        try {
            Deadline.whole(
                    CALL_LIMIT,
                    () -> {
                        engine.start(spec.name());
                        return spec.name();
                    });
        } catch (IOException | InterruptedException e) {
            attached.close();
            throw e;
        }
        var guest = GuestClient.connect(stream, GREETING_LIMIT);
        return new ContainerSandbox(facts, container, guest);
    }
}
