package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.process.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a control group of our own can be made here. */
sealed interface ControlGroupPlace {
    /** Version 1: one hierarchy for each controller; the folder below which a group is made. */
    record PerController(Map<String, Path> parents) implements ControlGroupPlace {
        public PerController {
            parents = Map.copyOf(parents);
        }
    }

    /** Version 2: a folder that was delegated to us. */
    record Unified(Path parent) implements ControlGroupPlace {}

    /** Version 2 under systemd, which makes a scope for us. */
    record Scope(Path systemdRun, Instance instance) implements ControlGroupPlace {}

    /** Nowhere. */
    record Nowhere() implements ControlGroupPlace {}

    /** Which systemd is asked. */
    enum Instance {
        SYSTEM,
        USER
    }

    /** The first that there is below {@code root}: version 1, systemd, a delegated folder. */
    static ControlGroupPlace find(
            Path root, ProgramPath programs, Map<String, String> environment, int uid)
            throws IOException {
        var hierarchies = ControlGroupHierarchy.readAll(root);
        var parents = new LinkedHashMap<String, Path>();
        for (var name : List.of("memory", "pids", "cpu")) {
            hierarchies.stream()
                    .filter(hierarchy -> hierarchy.controllers().contains(name))
                    .map(ControlGroupHierarchy::own)
                    .filter(ControlGroupPlace::isOurs)
                    .findFirst()
                    .ifPresent(folder -> parents.put(name, folder));
        }
        if (parents.containsKey("memory") && parents.containsKey("pids")) {
            return new PerController(parents);
        }
        var scope = scope(root, programs, environment, uid);
        if (scope.isPresent()) {
            return scope.get();
        }
        return hierarchies.stream()
                .filter(ControlGroupHierarchy::isUnified)
                .flatMap(hierarchy -> delegated(hierarchy).stream())
                .findFirst()
                .<ControlGroupPlace>map(Unified::new)
                .orElse(new Nowhere());
    }

    private static Optional<ControlGroupPlace> scope(
            Path root, ProgramPath programs, Map<String, String> environment, int uid) {
        var user = uid != 0;
        if (!Files.isDirectory(root.resolve("run/systemd/system"))
                || !Files.isRegularFile(root.resolve("sys/fs/cgroup/cgroup.controllers"))
                || (user && !environment.containsKey("XDG_RUNTIME_DIR"))) {
            return Optional.empty();
        }
        return programs.find("systemd-run")
                .map(found -> new Scope(found, user ? Instance.USER : Instance.SYSTEM));
    }

    /** The nearest folder from our own upwards that hands on what we limit. */
    private static Optional<Path> delegated(ControlGroupHierarchy hierarchy) {
        for (Path folder = hierarchy.own();
                folder != null && folder.startsWith(hierarchy.mountPoint());
                folder = folder.getParent()) {
            if (isOurs(folder) && handsOn(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static boolean isOurs(Path folder) {
        return Files.isWritable(folder) && Files.isWritable(folder.resolve("cgroup.procs"));
    }

    private static boolean handsOn(Path folder) {
        try {
            var names = Files.readString(folder.resolve("cgroup.subtree_control")).strip();
            return List.of(names.split(" ")).containsAll(List.of("memory", "pids"));
        } catch (IOException e) {
            return false; // not there: no such folder of version 2
        }
    }
}
