package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.MountPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What this machine's kernel says of one process: status, control groups, network, mounts. */
final class KernelView {
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

    private final Path process;
    private final Map<String, String> status;
    private final Map<String, String> groups;
    private final String container;

    private KernelView(
            Path process,
            Map<String, String> status,
            Map<String, String> groups,
            String container) {
        this.process = process;
        this.status = status;
        this.groups = groups;
        this.container = container;
    }

    /** The first process of that container; empty when there is no such process here. */
    static Optional<KernelView> of(long pid, String container) {
        var process = Path.of("/proc").resolve(String.valueOf(pid));
        try {
            return pid > 0
                    ? Optional.of(
                            new KernelView(process, status(process), groups(process), container))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> status(Path process) throws IOException {
        var status = new HashMap<String, String>();
        for (var line : lines(process.resolve("status"))) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return status;
    }

    /** Controller to path; the one hierarchy of version 2 is under the empty name. */
    private static Map<String, String> groups(Path process) throws IOException {
        var groups = new HashMap<String, String>();
        for (var line : lines(process.resolve("cgroup"))) {
            var parts = line.split(":", 3);
            if (parts.length == 3) {
                for (var controller : parts[1].split(",")) {
                    groups.put(controller, parts[2]);
                }
            }
        }
        return groups;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    }

    /** A line of its status; empty text when the kernel has none of that name. */
    String status(String name) {
        return status.getOrDefault(name, "");
    }

    /** Its network interfaces; empty when they may not be looked at. */
    Optional<List<String>> interfaces() {
        try {
            var names = new ArrayList<String>();
            for (var line : lines(process.resolve("net/dev"))) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    names.add(line.substring(0, colon).strip());
                }
            }
            return Optional.of(names);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What it sees mounted; empty when that may not be looked at. */
    Optional<List<MountPoint>> mounts() {
        try {
            return Optional.of(MountPoint.readAll(process.resolve("mountinfo")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A limit of its control group, under either version's name; empty when there is none. */
    OptionalLong limit(String controller, String file, String fileOfVersion1) {
        var value = setting(controller, file, fileOfVersion1);
        return value.filter(text -> text.matches("\\d{1,15}")).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** Processors it may use, as a fraction; empty when there is no limit. */
    Optional<Double> processors() {
        var text =
                groups.containsKey("cpu")
                        ? setting("cpu", "", "cpu.cfs_quota_us")
                                .flatMap(
                                        quota ->
                                                setting("cpu", "", "cpu.cfs_period_us")
                                                        .map(period -> quota + " " + period))
                        : setting("cpu", "cpu.max", "");
        return text.filter(words -> words.matches("\\d+ \\d+"))
                .map(words -> words.split(" "))
                .map(words -> Double.parseDouble(words[0]) / Double.parseDouble(words[1]));
    }

    /** Only of a group of its own: one that it shares with others does not hold it. */
    private Optional<String> setting(String controller, String file, String fileOfVersion1) {
        var old = groups.get(controller);
        var path = old != null ? old : groups.getOrDefault("", "/");
        if (!path.contains(container)) {
            return Optional.empty();
        }
        var folder =
                old != null
                        ? CONTROL_GROUPS.resolve(controller + path)
                        : CONTROL_GROUPS.resolve(path.substring(1));
        try {
            var value = folder.resolve(old != null ? fileOfVersion1 : file);
            return Optional.of(Files.readString(value).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
