package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.Backend.MountSupport;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import dev.safecoder.sandbox.container.EngineEnvironment.HostSystem;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import dev.safecoder.sandbox.container.EngineFacts.Privilege;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds out what an engine is, above all whether it shares our kernel and our files. Docker is made
 * to prove it: asked for a container of an image that nobody has, it complains of a mount's missing
 * source before it complains of the image, so that nothing is ever made. Podman looks at the image
 * first, and is believed when it listens at a socket of ours and describes this very machine.
 */
final class EngineProbe {
    private static final String NO_IMAGE = "safe-coder.invalid/probe:none";
    private static final int NO_SUCH_IMAGE = 404;
    private static final long MOST_OPEN_FILES = 16_384;
    private static final long MOST_PROCESSES = 32_768;
    private static final long NO_LIMIT = 4_194_304;

    private final Engine engine;
    private final Flavor flavor;
    private final EngineEnvironment environment;

    EngineProbe(Engine engine, Flavor flavor, EngineEnvironment environment) {
        this.engine = engine;
        this.flavor = flavor;
        this.environment = environment;
    }

    EngineFacts facts() throws IOException, InterruptedException {
        var info = engine.info();
        var privilege = isRootless(info) ? Privilege.ROOTLESS : Privilege.ROOT;
        var mounts = mounts(info, privilege);
        return new EngineFacts(
                flavor,
                privilege,
                mounts,
                architecture(info.path("Architecture").asText()),
                Math.max(1, info.path("NCPU").asInt(1)),
                ulimits(mounts),
                RuntimeFloor.warning(info));
    }

    private static boolean isRootless(JsonNode info) {
        return info.path("Rootless").asBoolean() || hasOption(info, "rootless");
    }

    private static boolean hasOption(JsonNode info, String name) {
        for (var option : info.path("SecurityOptions")) {
            if (option.asText().matches("name=" + name + "(,.*)?")) {
                return true;
            }
        }
        return false;
    }

    static String architecture(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "arm64", "aarch64" -> "aarch64";
            default -> name;
        };
    }

    private MountSupport mounts(JsonNode info, Privilege privilege)
            throws IOException, InterruptedException {
        // a remapped user cannot write our folders, a labelling kernel forbids reading them
        boolean foreign = hasOption(info, "userns") || hasOption(info, "selinux");
        if (environment.system() != HostSystem.LINUX || foreign || !sharesOurFiles(info)) {
            return MountSupport.STREAMED_ONLY;
        }
        // the overlay of Docker's volumes needs rights that a rootless Docker does not have
        return privilege == Privilege.ROOTLESS && flavor == Flavor.DOCKER
                ? MountSupport.FOLDER
                : MountSupport.OVERLAY_AND_FOLDER;
    }

    private boolean sharesOurFiles(JsonNode info) throws IOException, InterruptedException {
        if (flavor == Flavor.PODMAN) {
            return engine.address() instanceof Unix && describesThisMachine(info);
        }
        var marker = marker();
        try {
            var throughOurProcess =
                    Path.of("/proc/%d/root".formatted(ProcessHandle.current().pid()) + marker);
            return sees(marker) && sees(throughOurProcess); // our files, then our kernel
        } finally {
            Files.deleteIfExists(marker);
        }
    }

    private Path marker() throws IOException {
        Files.createDirectories(environment.stateFolder());
        return Files.createTempFile(environment.stateFolder().toRealPath(), ".marker-", "");
    }

    private boolean sees(Path path) throws IOException, InterruptedException {
        var request = Json.MAPPER.createObjectNode().put("Image", NO_IMAGE);
        request.putObject("HostConfig")
                .putArray("Mounts")
                .addObject()
                .put("Type", "bind")
                .put("Source", path.toString())
                .put("Target", "/marker")
                .put("ReadOnly", true);
        try {
            engine.remove(engine.create("safe-coder-probe", request));
            return false; // an engine that makes a container of no image proves nothing
        } catch (EngineRefusal refusal) {
            return refusal.status() == NO_SUCH_IMAGE;
        }
    }

    private static boolean describesThisMachine(JsonNode info) throws IOException {
        return info.path("KernelVersion").asText().equals(kernel("osrelease"))
                && info.path("Name").asText().equals(kernel("hostname"))
                && info.path("NCPU").asInt() == Runtime.getRuntime().availableProcessors();
    }

    private static String kernel(String name) throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel").resolve(name)).strip();
    }

    /**
     * An engine of this machine may have no right to give more than we have. Podman sets a number
     * of processes, too (by itself one that it may not set), and lowers its own to the one given
     * here.
     */
    private Map<String, Long> ulimits(MountSupport mounts) throws IOException {
        if (mounts == MountSupport.STREAMED_ONLY) {
            return Map.of("nofile", MOST_OPEN_FILES);
        }
        long files = Math.min(MOST_OPEN_FILES, ours("Max open files"));
        return flavor == Flavor.PODMAN
                ? Map.of("nofile", files, "nproc", Math.min(MOST_PROCESSES, ours("Max processes")))
                : Map.of("nofile", files);
    }

    /** A limit of our own process; one that is not there is as good as the largest. */
    private static long ours(String name) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith(name)) {
                var hard = line.substring(name.length()).strip().split("\\s+")[1];
                return hard.matches("\\d{1,9}") ? Long.parseLong(hard) : NO_LIMIT;
            }
        }
        return NO_LIMIT;
    }
}
