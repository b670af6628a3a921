package dev.safecoder.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.configuration.Settings;
import dev.safecoder.configuration.SettingsOption;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.ImageStore;
import dev.safecoder.sandbox.ImageStore.Image;
import dev.safecoder.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The images that sandboxes start from. */
@Command(
        name = "image",
        description = "List, fetch, build and remove the images that sandboxes start from.",
        footer = {"", "Example: safe-coder image pull ubuntu:22.04"})
final class ImageCommand implements Runnable {
    private static final int MOST_RECIPE_BYTES = 1 << 20;

    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    ImageCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write image ls, pull, build or rm");
    }

    /** Which engine is meant. */
    static final class Engine {
        @Option(
                names = "--backend",
                paramLabel = "NAME",
                description = "docker or podman (default: the first that answers).")
        private String name = "auto";
    }

    @Command(
            name = "ls",
            description = "The images that are there; * marks the one that is configured.",
            footer = {"", "Example: safe-coder image ls --json"})
    int list(
            @Mixin HelpOption ofList,
            @Mixin Engine engine,
            @Option(names = "--json", description = "Print an array of images.") boolean json)
            throws InterruptedException {
        var settings = settings(engine);
        var array = ReportJson.array();
        var answered = false;
        for (var backend : withImages(settings)) {
            if (reachable(backend)) {
                answered = true;
                for (var image : images(backend).all()) {
                    boolean chosen = image.isCalled(settings.containers().image());
                    if (json) {
                        array.add(json(backend, image, chosen));
                    } else {
                        program.console().result(line(backend, image, chosen));
                    }
                }
            }
        }
        if (json) {
            program.console().result(ReportJson.text(array));
        }
        return answered ? ExitCode.DONE : ExitCode.SANDBOX;
    }

    private static ObjectNode json(Backend backend, Image image, boolean chosen) {
        return ReportJson.object()
                .put("backend", backend.name().toString())
                .put("reference", image.reference())
                .put("id", image.id())
                .put("bytes", image.bytes())
                .put("created", image.created().toString())
                .put("configured", chosen);
    }

    private static String line(Backend backend, Image image, boolean chosen) {
        return "%s %-8s %8.1f MB  %s"
                .formatted(
                        chosen ? "*" : " ", backend.name(), image.bytes() / 1e6, image.reference());
    }

    @Command(
            name = "pull",
            description = "Fetch an image from its registry.",
            footer = {"", "Example: safe-coder image pull ubuntu:22.04"})
    int pull(
            @Mixin HelpOption ofPull,
            @Mixin Engine engine,
            @Parameters(paramLabel = "REF", description = "Such as ubuntu:22.04.") String reference)
            throws InterruptedException {
        var store = chosen(engine);
        try (var interruption = new Interruption()) {
            store.pull(named(reference), this::tell);
            return interruption.isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        }
    }

    @Command(
            name = "build",
            description = {
                "Build an image by a recipe (a Dockerfile that copies nothing from a folder).",
                "Its steps run in the engine with the engine's network, not in a sandbox."
            },
            footer = {"", "Example: safe-coder image build tools:1 tools.Dockerfile"})
    int build(
            @Mixin HelpOption ofBuild,
            @Mixin Engine engine,
            @Parameters(paramLabel = "REF", description = "What it is to be called.")
                    String reference,
            @Parameters(paramLabel = "FILE", description = "The recipe.") Path file)
            throws InterruptedException {
        var recipe = recipe(program.project(Optional.of(file)));
        var store = chosen(engine);
        try (var interruption = new Interruption()) {
            store.build(named(reference), recipe, this::tell);
            return interruption.isRequested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        }
    }

    @Command(
            name = "rm",
            description = "Remove an image from the engine.",
            footer = {"", "Example: safe-coder image rm tools:1"})
    int remove(
            @Mixin HelpOption ofRemove,
            @Mixin Engine engine,
            @Parameters(paramLabel = "REF", description = "As image ls names it.") String reference)
            throws InterruptedException {
        chosen(engine).remove(named(reference));
        return ExitCode.DONE;
    }

    private String named(String reference) {
        if (reference.isBlank() || reference.startsWith("-")) {
            throw new ParameterException(
                    spec.commandLine(), "'%s' is no name of an image".formatted(reference));
        }
        return reference;
    }

    private byte[] recipe(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var bytes = stream.readNBytes(MOST_RECIPE_BYTES + 1);
            if (bytes.length <= MOST_RECIPE_BYTES) {
                return bytes;
            }
            throw new ParameterException(
                    spec.commandLine(), "'%s' is larger than any recipe (1 MB)".formatted(file));
        } catch (IOException unreadable) {
            throw new ParameterException(
                    spec.commandLine(), "'%s' cannot be read".formatted(file), unreadable);
        }
    }

    private void tell(String line) {
        program.console().say(Tone.QUIET, line);
    }

    private Settings settings(Engine engine) {
        return program.application().settings(Map.of(SettingsOption.BACKEND, engine.name));
    }

    /** Those that start from images and are meant. */
    private List<Backend> withImages(Settings settings) {
        var meant =
                program.application().backends(settings).all().stream()
                        .filter(it -> it.images().isPresent())
                        .filter(it -> settings.backend().filter(n -> n != it.name()).isEmpty())
                        .toList();
        if (meant.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "this backend starts from no image; name docker or podman");
        }
        return meant;
    }

    private static ImageStore images(Backend backend) {
        return backend.images().orElseThrow();
    }

    /** Whether it answers; says why not. */
    private boolean reachable(Backend backend) throws InterruptedException {
        return switch (images(backend).reachable()) {
            case Availability.Usable _ -> true;
            case Availability.Unusable(var reason, _) -> {
                tell("%s: %s".formatted(backend.name(), reason));
                yield false;
            }
        };
    }

    private ImageStore chosen(Engine engine) throws InterruptedException {
        var meant = withImages(settings(engine));
        for (var backend : meant) {
            if (images(backend).reachable() instanceof Availability.Usable) {
                return images(backend);
            }
        }
        var first = meant.getFirst();
        if (images(first).reachable() instanceof Availability.Unusable why) {
            throw SandboxException.unusable(first.name(), why);
        }
        return images(first);
    }
}
