package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.MountPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * One mounted hierarchy of control groups and the folder in it of one process.
 *
 * @param controllers of version 1; none for the unified hierarchy
 */
record ControlGroupHierarchy(List<String> controllers, Path mountPoint, Path own) {
    ControlGroupHierarchy {
        controllers = List.copyOf(controllers);
    }

    boolean isUnified() {
        return controllers.isEmpty();
    }

    /** Those that this process is in, as seen below {@code root}. */
    static List<ControlGroupHierarchy> readAll(Path root) throws IOException {
        return readAll(root, "self");
    }

    /** Those that a process is in, as seen below {@code root}. */
    static List<ControlGroupHierarchy> readAll(Path root, String pid) throws IOException {
        var groups = new HashMap<List<String>, String>();
        for (var line : Files.readAllLines(root.resolve("proc/%s/cgroup".formatted(pid)))) {
            var fields = line.split(":", 3);
            groups.put(names(fields[1]), fields[2]);
        }
        var found = new ArrayList<ControlGroupHierarchy>();
        for (var mount : MountPoint.readAll(root.resolve("proc/self/mountinfo"))) {
            var names = controllers(mount, groups.keySet().stream().toList());
            var group = groups.get(names);
            if (mount.type().startsWith("cgroup") && group != null) {
                var place = root.resolve(mount.path().substring(1));
                found.add(new ControlGroupHierarchy(names, place, below(place, mount, group)));
            }
        }
        return found;
    }

    /** A mount may show only a part of its hierarchy: then the group's path begins with it. */
    private static Path below(Path place, MountPoint mount, String group) {
        var shown = Path.of(mount.root());
        var full = Path.of(group);
        return full.startsWith(shown) ? place.resolve(shown.relativize(full)).normalize() : place;
    }

    private static List<String> controllers(MountPoint mount, List<List<String>> known) {
        if (mount.type().equals("cgroup2")) {
            return List.of();
        }
        var options = List.of(mount.superOptions().split(","));
        return known.stream()
                .filter(names -> !names.isEmpty() && options.containsAll(names))
                .findFirst()
                .orElse(List.of("none of ours"));
    }

    private static List<String> names(String field) {
        return field.isEmpty() ? List.of() : List.of(field.split(","));
    }
}
