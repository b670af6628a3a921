package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.sandbox.container.ContainerRequest.Confinement;
import dev.safecoder.sandbox.container.ContainerRequest.Mount;
import dev.safecoder.sandbox.container.ContainerRequest.Mount.Access;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import dev.safecoder.sandbox.container.EngineFacts.Privilege;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a sandbox becomes a container: a pure function of its specification, the settings and what
 * the engine is. Every path of the host that the engine mounts is a link in our scratch folder, so
 * that a project's path may hold any character: overlay options, and Podman's mounts, cannot hold
 * commas or colons.
 *
 * @param links what is to lie in the scratch folder, by name
 * @param files small files in it, by name
 * @param injection what brings the guest to an engine that sees none of our files
 */
record ContainerPlan(
        ContainerRequest request,
        Map<String, Path> links,
        Map<String, String> files,
        Optional<Injection> injection) {
    static final String GUEST_FOLDER = "/.safe-coder";
    static final String WORKSPACE = "/workspace";
    static final String UPPER = "/.safe-coder-layers/upper";

    static ContainerPlan of(SandboxSpec spec, ContainerSettings settings, EngineFacts facts) {
        return new Builder(spec, settings, facts).build();
    }

    /** Whether the scratch folder's path can stand in mount options as it is. */
    static boolean isPlain(Path scratch) {
        return scratch.toString().chars().noneMatch(c -> c < ' ' || ",:\\\"'=".indexOf(c) >= 0);
    }

    private static final class Builder {
        private final SandboxSpec spec;
        private final ContainerSettings settings;
        private final EngineFacts facts;
        private final List<String> arguments = new ArrayList<>();
        private final List<Mount> mounts = new ArrayList<>();
        private final List<String> binds = new ArrayList<>();
        private final Map<String, Path> links = new LinkedHashMap<>();
        private final Map<String, String> files = new LinkedHashMap<>();
        private Optional<Injection> injection = Optional.empty();

        Builder(SandboxSpec spec, ContainerSettings settings, EngineFacts facts) {
            this.spec = spec;
            this.settings = settings;
            this.facts = facts;
        }

        ContainerPlan build() {
            switch (spec.workspace()) {
                case WorkspaceMount.Overlay(var lower, var upper, var work) -> {
                    guestFromHost();
                    overlay(lower, upper, work);
                }
                case WorkspaceMount.Folder(var folder) -> {
                    guestFromHost();
                    bind("folder", folder, WORKSPACE, Access.READ_WRITE);
                }
                case WorkspaceMount.Streamed() -> {
                    // no path of this host means anything to an engine that is elsewhere
                    var volumes = Injection.of(spec, settings);
                    mounts.add(volumes.guest(Access.READ_ONLY));
                    mounts.add(volumes.workspace());
                    injection = Optional.of(volumes);
                }
            }
            arguments.addAll(List.of("--disk", String.valueOf(spec.limits().diskBytes())));
            arguments.add("--drop"); // a filter of our own inside the engine's
            return new ContainerPlan(request(), Map.copyOf(links), Map.copyOf(files), injection);
        }

        private void guestFromHost() {
            var programs = spec.guestFolder().resolve(facts.architecture());
            bind("guest", programs, GUEST_FOLDER, Access.READ_ONLY);
            if (facts.flavor() == Flavor.PODMAN && spec.network() == Network.NONE) {
                // Podman copies the host's own files and honours no name server without a network
                file("hosts", "127.0.0.1 localhost\n::1 localhost\n", "/etc/hosts");
                file("resolv.conf", "nameserver 127.0.0.1\n", "/etc/resolv.conf");
            }
        }

        private void overlay(Path lower, Path upper, Path work) {
            var layers =
                    "upperdir=%s,workdir=%s".formatted(link("upper", upper), link("work", work));
            var below = link("lower", lower);
            if (facts.flavor() == Flavor.PODMAN) {
                binds.add("%s:%s:O,%s".formatted(below, WORKSPACE, layers));
            } else {
                var options = "lowerdir=%s,%s,nosuid,nodev".formatted(below, layers);
                mounts.add(new Mount.Overlay(WORKSPACE, options));
            }
            mounts.add(new Mount.Bind(link("upper", upper), UPPER, Access.READ_ONLY));
            arguments.addAll(List.of("--upper", UPPER));
        }

        private void bind(String name, Path source, String target, Access access) {
            mounts.add(new Mount.Bind(link(name, source), target, access));
        }

        private void file(String name, String content, String target) {
            files.put(name, content);
            mounts.add(
                    new Mount.Bind(
                            spec.scratch().resolve(name).toString(), target, Access.READ_ONLY));
        }

        private String link(String name, Path target) {
            links.put(name, target);
            return spec.scratch().resolve(name).toString();
        }

        private ContainerRequest request() {
            return new ContainerRequest(
                    settings.image(),
                    List.of(GUEST_FOLDER + "/guest"),
                    List.copyOf(arguments),
                    "%d:%d".formatted(spec.uid(), spec.gid()),
                    Labels.of(spec),
                    confinement(),
                    List.copyOf(mounts),
                    List.copyOf(binds),
                    tmpfs());
        }

        private Confinement confinement() {
            var limits = spec.limits();
            boolean alone = spec.network() == Network.NONE;
            return new Confinement(
                    alone ? "none" : "bridge",
                    alone ? List.of("127.0.0.1") : List.of(),
                    facts.flavor() == Flavor.PODMAN && facts.privilege() == Privilege.ROOTLESS
                            ? "keep-id"
                            : "",
                    List.of("ALL"),
                    List.of("no-new-privileges"),
                    limits.pids(),
                    limits.memoryBytes(),
                    Math.round(Math.min(limits.cpus(), facts.processors()) * 1e9),
                    facts.ulimits(),
                    limits.memoryBytes() / 8);
        }

        /** They all count as memory; none alone may take all of it. */
        private Map<String, String> tmpfs() {
            long memory = spec.limits().memoryBytes();
            return Map.of(
                    "/tmp", tmpfs(memory / 2, "mode=1777"),
                    "/var/tmp", tmpfs(memory / 8, "mode=1777"),
                    "/run", tmpfs(memory / 16, "mode=1777"),
                    "/home/agent", tmpfs(memory / 2, home()));
        }

        private static String tmpfs(long bytes, String access) {
            return "rw,exec,nosuid,nodev,size=%d,%s".formatted(bytes, access);
        }

        /** Podman's API knows no owner of a tmpfs. */
        private String home() {
            return facts.flavor() == Flavor.PODMAN
                    ? "mode=1777"
                    : "mode=0700,uid=%d,gid=%d".formatted(spec.uid(), spec.gid());
        }
    }
}
