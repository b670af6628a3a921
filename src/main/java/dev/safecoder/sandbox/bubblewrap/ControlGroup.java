package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.bubblewrap.ControlGroupPlace.Instance;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The control group of one sandbox.
 *
 * @param prefix what makes a scope and then runs the rest of the command line in it
 * @param folders those that we make and remove; a process is put into each before it starts
 *     anything of the agent's
 */
record ControlGroup(List<String> prefix, List<Path> folders, Version version) {
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int MOST_TRIES = 1000;
    private static final long CPU_PERIOD_MICROS = 100_000;

    /** Which files a group has. */
    enum Version {
        ONE,
        TWO
    }

    ControlGroup {
        prefix = List.copyOf(prefix);
        folders = List.copyOf(folders);
    }

    /** The group of this name at this place; nothing is made yet. */
    static ControlGroup plan(ControlGroupPlace place, String name, Limits limits) {
        return switch (place) {
            case ControlGroupPlace.PerController(var parents) -> {
                var folders = new LinkedHashSet<Path>(); // controllers may share a hierarchy
                parents.values().forEach(parent -> folders.add(parent.resolve(name)));
                yield new ControlGroup(List.of(), folders.stream().sorted().toList(), Version.ONE);
            }
            case ControlGroupPlace.Unified(var parent) ->
                    new ControlGroup(List.of(), List.of(parent.resolve(name)), Version.TWO);
            case ControlGroupPlace.Scope(var program, var instance) ->
                    new ControlGroup(
                            scope(program, instance, name, limits), List.of(), Version.TWO);
            case ControlGroupPlace.Nowhere() -> new ControlGroup(List.of(), List.of(), Version.TWO);
        };
    }

    /**
     * The files into which a process writes a zero to enter. A single thread may enter a group of
     * version 1 by itself, which spares the kernel a stop of every process that forks; that takes
     * tens of milliseconds.
     */
    List<Path> doors() {
        var name = version == Version.ONE ? "tasks" : "cgroup.procs";
        return folders.stream().map(folder -> folder.resolve(name)).toList();
    }

    private static List<String> scope(Path program, Instance instance, String name, Limits limits) {
        var arguments = new ArrayList<String>();
        arguments.add(program.toString());
        if (instance == Instance.USER) {
            arguments.add("--user");
        }
        arguments.addAll(List.of("--scope", "--quiet", "--collect", "--unit=" + name));
        arguments.addAll(List.of("-p", "MemoryMax=" + limits.memoryBytes()));
        arguments.addAll(List.of("-p", "MemorySwapMax=0"));
        arguments.addAll(List.of("-p", "TasksMax=" + limits.pids()));
        arguments.addAll(List.of("-p", "CPUQuota=%d%%".formatted(Math.round(limits.cpus() * 100))));
        arguments.add("--");
        return arguments;
    }

    /** Makes the folders and sets the limits in them. */
    void make(Limits limits) throws IOException {
        for (var folder : folders) {
            Files.createDirectory(folder);
            limit(folder, limits);
        }
    }

    /** A file that this kernel does not have is no limit, which shows in an inspection. */
    static void limit(Path folder, Limits limits) throws IOException {
        for (var file : files(limits).entrySet()) {
            var written = folder.resolve(file.getKey());
            if (Files.exists(written)) {
                Files.writeString(written, file.getValue());
            }
        }
    }

    /** In this order, because memory with swap cannot be less than memory. */
    private static Map<String, String> files(Limits limits) {
        var memory = String.valueOf(limits.memoryBytes());
        var quota = String.valueOf(Math.round(limits.cpus() * CPU_PERIOD_MICROS));
        var files = new LinkedHashMap<String, String>();
        files.put("memory.limit_in_bytes", memory);
        files.put("memory.memsw.limit_in_bytes", memory);
        files.put("memory.max", memory);
        files.put("memory.swap.max", "0");
        files.put("pids.max", String.valueOf(limits.pids()));
        files.put("cpu.cfs_period_us", String.valueOf(CPU_PERIOD_MICROS));
        files.put("cpu.cfs_quota_us", quota);
        files.put("cpu.max", "%s %d".formatted(quota, CPU_PERIOD_MICROS));
        return files;
    }

    /** Kills what is left in the group and removes it; a group that is not there is fine. */
    void remove() throws IOException, InterruptedException {
        for (var folder : folders) {
            for (int tries = 0; !isGone(folder); tries++) {
                if (tries == MOST_TRIES) {
                    throw new IOException(
                            "control group '%s' does not get empty".formatted(folder));
                }
                kill(folder);
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean isGone(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (FileSystemException e) {
            return !Files.exists(folder); // busy while a process is in it
        }
    }

    private static void kill(Path folder) throws IOException {
        List<String> processes;
        try {
            processes = Files.readAllLines(folder.resolve("cgroup.procs"));
        } catch (NoSuchFileException e) {
            return;
        }
        for (var pid : processes) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
