package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.Guarantee.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A running container's guarantees, from what the engine says of it and, where the engine is on
 * this machine, from what the kernel says of its first process. What nobody here can see for
 * themselves is never more than partial.
 */
final class Inspection {
    /** Where something inside may write to what outlives it. */
    private static final Set<String> WRITABLE =
            Set.of(ContainerPlan.WORKSPACE, ContainerPlan.GUEST_FOLDER);

    private static final String NO_GROUP_LIMIT = "no control group of its own has a limit";
    private static final String NO_CAPABILITIES = "0000000000000000";

    private final JsonNode container;
    private final JsonNode asked;
    private final Optional<KernelView> kernel;
    private final String runtime;

    /**
     * @param container the engine's description of it
     * @param kernel empty when its processes are not on this machine
     * @param runtime the engine and its parts, with what is known against them
     */
    Inspection(JsonNode container, Optional<KernelView> kernel, String runtime) {
        this.container = container;
        this.asked = container.path("HostConfig");
        this.kernel = kernel;
        this.runtime = runtime;
    }

    /** Of a container that cannot be inspected any more: nothing holds. */
    static List<Guarantee> gone(String why) {
        var all = new ArrayList<Guarantee>();
        for (var name : Name.values()) {
            all.add(new Guarantee(name, Level.ABSENT, why));
        }
        return all;
    }

    static Inspection of(JsonNode container, EngineFacts facts, String runtime) {
        var pid = container.path("State").path("Pid").asLong();
        var id = container.path("Id").asText();
        return new Inspection(
                container,
                facts.seesOurFolders() ? KernelView.of(pid, id) : Optional.empty(),
                runtime);
    }

    List<Guarantee> guarantees() {
        return List.of(
                new Guarantee(Name.KERNEL, Level.PARTIAL, "shares the engine's kernel; " + runtime),
                fileSystem(),
                network(),
                memory(),
                cpu(),
                pids(),
                disk(),
                syscalls(),
                privileges());
    }

    private Guarantee fileSystem() {
        var findings = new ArrayList<String>();
        if (!asked.path("ReadonlyRootfs").asBoolean()) {
            findings.add("the root is writable");
        }
        for (var mount : mounts()) {
            var where = mount.path("Destination").asText();
            if (mount.path("RW").asBoolean() && !WRITABLE.contains(where)) {
                findings.add("'%s' is writable at '%s'".formatted(mount.path("Source"), where));
            }
        }
        var seen = kernel.flatMap(KernelView::mounts);
        seen.ifPresent(it -> findings.addAll(MountAudit.findings(it, tmpfs())));
        if (!findings.isEmpty()) {
            return new Guarantee(Name.FILE_SYSTEM, Level.ABSENT, String.join("; ", findings));
        }
        return seen.isEmpty()
                ? reported(Name.FILE_SYSTEM, "a read-only root, /workspace, and tmpfs only")
                : new Guarantee(
                        Name.FILE_SYSTEM,
                        Level.ENFORCED,
                        "the kernel shows %d mounts: a read-only root, /workspace, and tmpfs only%s"
                                .formatted(
                                        seen.get().size(),
                                        MountAudit.workspaceOptions(seen.get())));
    }

    private Set<String> tmpfs() {
        var paths = new TreeSet<String>();
        asked.path("Tmpfs").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    /** The guest looks at what is free; nothing of the engine's holds the workspace. */
    private Guarantee disk() {
        for (var words = container.path("Config").path("Cmd").elements(); words.hasNext(); ) {
            if (words.next().asText().equals("--disk") && words.hasNext()) {
                return new Guarantee(
                        Name.DISK,
                        Level.PARTIAL,
                        "no quota; the guest ends commands that take more than %s bytes or of the"
                                        .formatted(words.next().asText())
                                + " last 1 GiB; the rest is read-only or counts as memory");
            }
        }
        return new Guarantee(Name.DISK, Level.ABSENT, "nothing limits the workspace");
    }

    private JsonNode mounts() {
        var mounts = container.path("Mounts");
        return mounts.isArray() ? mounts : MissingNode.getInstance();
    }

    private Guarantee network() {
        var mode = asked.path("NetworkMode").asText();
        if (!mode.equals("none")) {
            return new Guarantee(Name.NETWORK, Level.ABSENT, "on the network '%s'".formatted(mode));
        }
        var interfaces = kernel.flatMap(KernelView::interfaces);
        if (interfaces.isEmpty()) {
            return reported(Name.NETWORK, "network none");
        }
        return interfaces.get().equals(List.of("lo"))
                ? new Guarantee(Name.NETWORK, Level.ENFORCED, "its only interface is lo")
                : new Guarantee(
                        Name.NETWORK,
                        Level.ABSENT,
                        "its interfaces are " + String.join(", ", interfaces.get()));
    }

    private Guarantee memory() {
        if (kernel.isEmpty()) {
            return reportedLimit(Name.MEMORY, "Memory", "bytes");
        }
        var memory = kernel.get().limit("memory", "memory.max", "memory.limit_in_bytes");
        // version 2 counts swap by itself, version 1 together with memory
        var swap = kernel.get().limit("memory", "memory.swap.max", "memory.memsw.limit_in_bytes");
        if (memory.isEmpty()) {
            return new Guarantee(Name.MEMORY, Level.ABSENT, NO_GROUP_LIMIT);
        }
        var limit = "its control group ends at %d MB".formatted(memory.getAsLong() >> 20);
        boolean swapless =
                swap.isPresent()
                        && (swap.getAsLong() == 0 || swap.getAsLong() == memory.getAsLong());
        return swapless
                ? new Guarantee(Name.MEMORY, Level.ENFORCED, limit + " with swap")
                : new Guarantee(Name.MEMORY, Level.PARTIAL, limit + ", swap not counted");
    }

    private Guarantee cpu() {
        if (kernel.isEmpty()) {
            return reportedLimit(Name.CPU, "NanoCpus", "billionths of a processor");
        }
        var processors = kernel.get().processors();
        return processors.isPresent()
                ? new Guarantee(
                        Name.CPU,
                        Level.ENFORCED,
                        "its control group has %.2f processors".formatted(processors.get()))
                : new Guarantee(Name.CPU, Level.ABSENT, NO_GROUP_LIMIT);
    }

    private Guarantee pids() {
        if (kernel.isEmpty()) {
            return reportedLimit(Name.PIDS, "PidsLimit", "processes");
        }
        var most = kernel.get().limit("pids", "pids.max", "pids.max");
        return most.isPresent()
                ? new Guarantee(
                        Name.PIDS,
                        Level.ENFORCED,
                        "its control group holds %d".formatted(most.getAsLong()))
                : new Guarantee(Name.PIDS, Level.ABSENT, NO_GROUP_LIMIT);
    }

    private Guarantee syscalls() {
        if (kernel.isEmpty()) {
            return reported(Name.SYSCALLS, "its default filter");
        }
        var mode = kernel.get().status("Seccomp");
        var filters = kernel.get().status("Seccomp_filters");
        return mode.equals("2")
                ? new Guarantee(
                        Name.SYSCALLS,
                        Level.ENFORCED,
                        "its first process is under %s seccomp filters"
                                .formatted(filters.isEmpty() ? "its" : filters))
                : new Guarantee(Name.SYSCALLS, Level.ABSENT, "no seccomp filter");
    }

    private Guarantee privileges() {
        if (asked.path("Privileged").asBoolean()) {
            return new Guarantee(Name.PRIVILEGES, Level.ABSENT, "the container is privileged");
        }
        if (kernel.isEmpty()) {
            return reported(
                    Name.PRIVILEGES,
                    "dropped %s, %s".formatted(asked.path("CapDrop"), asked.path("SecurityOpt")));
        }
        var left = new ArrayList<String>();
        for (var set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            if (!kernel.get().status(set).equals(NO_CAPABILITIES)) {
                left.add("%s is %s".formatted(set, kernel.get().status(set)));
            }
        }
        if (!kernel.get().status("NoNewPrivs").equals("1")) {
            left.add("new privileges can be had");
        }
        return left.isEmpty()
                ? new Guarantee(
                        Name.PRIVILEGES,
                        Level.ENFORCED,
                        "no capability in any set, no new privileges")
                : new Guarantee(Name.PRIVILEGES, Level.ABSENT, String.join(", ", left));
    }

    private Guarantee reportedLimit(Name name, String field, String unit) {
        long most = asked.path(field).asLong();
        return most > 0
                ? reported(name, "at most %d %s".formatted(most, unit))
                : new Guarantee(name, Level.ABSENT, "the engine reports no limit");
    }

    private static Guarantee reported(Name name, String what) {
        return new Guarantee(
                name, Level.PARTIAL, "the engine, which is elsewhere, reports " + what);
    }
}
