package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.Guarantee.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits in the files of a process's control groups; where there are none, its rlimits. */
final class ControlGroupLimits {
    /** Version 1 writes no limit as the largest number of whole pages. */
    private static final long UNLIMITED = 1L << 60;

    private final List<Path> folders;

    private ControlGroupLimits(List<Path> folders) {
        this.folders = folders;
    }

    static ControlGroupLimits read(Path root, String pid) throws IOException {
        return new ControlGroupLimits(
                ControlGroupHierarchy.readAll(root, pid).stream()
                        .map(ControlGroupHierarchy::own)
                        .toList());
    }

    Guarantee memory(Path process) throws IOException {
        var limit = number("memory.max", "memory.limit_in_bytes");
        if (limit.isPresent()) {
            var swap = swap(limit.getAsLong());
            return new Guarantee(
                    Name.MEMORY,
                    swap == Level.ENFORCED ? Level.ENFORCED : Level.PARTIAL,
                    "control group: at most %d bytes, swap %s"
                            .formatted(
                                    limit.getAsLong(),
                                    swap == Level.ENFORCED ? "included" : "not limited"));
        }
        return ofEachProcess(Name.MEMORY, process, "Max data size");
    }

    private Level swap(long memory) throws IOException {
        var together = number("memory.memsw.limit_in_bytes");
        var swap = number("memory.swap.max");
        boolean limited =
                (together.isPresent() && together.getAsLong() <= memory)
                        || (swap.isPresent() && swap.getAsLong() == 0);
        return limited ? Level.ENFORCED : Level.PARTIAL;
    }

    Guarantee pids(Path process) throws IOException {
        var limit = number("pids.max");
        return limit.isPresent()
                ? new Guarantee(
                        Name.PIDS,
                        Level.ENFORCED,
                        "control group: at most %d processes".formatted(limit.getAsLong()))
                : ofEachProcess(Name.PIDS, process, "Max processes");
    }

    Guarantee cpu() throws IOException {
        var max = text("cpu.max").filter(found -> !found.startsWith("max"));
        var quota = number("cpu.cfs_quota_us");
        if (max.isPresent()) {
            return enforcedCpu(max.get());
        }
        return quota.isPresent() && quota.getAsLong() > 0
                ? enforcedCpu(quota.getAsLong() + " " + text("cpu.cfs_period_us").orElse("?"))
                : new Guarantee(Name.CPU, Level.ABSENT, "no control group limits it");
    }

    private static Guarantee enforcedCpu(String quotaAndPeriod) {
        return new Guarantee(
                Name.CPU,
                Level.ENFORCED,
                "control group: quota and period %s microseconds".formatted(quotaAndPeriod));
    }

    private static Guarantee ofEachProcess(Name name, Path process, String limit)
            throws IOException {
        var soft = ProcessLimits.read(process).soft(limit);
        return soft.isPresent()
                ? new Guarantee(
                        name,
                        Level.PARTIAL,
                        "no control group can be had here; rlimit '%s' is %d"
                                .formatted(limit, soft.getAsLong()))
                : new Guarantee(name, Level.ABSENT, "neither control group nor rlimit");
    }

    private OptionalLong number(String... names) throws IOException {
        for (var name : names) {
            var found = text(name).filter(text -> !text.equals("max"));
            if (found.isPresent() && Long.parseLong(found.get()) < UNLIMITED) {
                return OptionalLong.of(Long.parseLong(found.get()));
            }
        }
        return OptionalLong.empty();
    }

    private Optional<String> text(String name) throws IOException {
        for (var folder : folders) {
            var file = folder.resolve(name);
            if (Files.exists(file)) {
                return Optional.of(Files.readString(file).strip());
            }
        }
        return Optional.empty();
    }
}
