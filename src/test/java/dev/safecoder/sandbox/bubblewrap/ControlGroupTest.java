package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.bubblewrap.ControlGroup.Version;
import dev.safecoder.sandbox.bubblewrap.ControlGroupPlace.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups of both versions, in a folder that looks like a system's root. */
class ControlGroupTest {
    private static final ProgramPath NO_PROGRAMS = ProgramPath.of("", List.of());

    @TempDir Path root;

    @Test
    void version_1_has_a_place_for_each_controller_below_our_own_group() throws Exception {
        write("proc/self/cgroup", "4:memory:/a/b\n3:pids:/\n2:cpu,cpuacct:/\n0::/\n");
        write(
                "proc/self/mountinfo",
                """
                1 0 0:1 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                2 0 0:2 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
                3 0 0:3 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
                4 0 0:4 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                """);
        group("memory/a/b");
        group("pids");
        group("cpu,cpuacct");

        assertThat(place(0))
                .isEqualTo(
                        new ControlGroupPlace.PerController(
                                Map.of(
                                        "memory", root.resolve("sys/fs/cgroup/memory/a/b"),
                                        "pids", root.resolve("sys/fs/cgroup/pids"),
                                        "cpu", root.resolve("sys/fs/cgroup/cpu,cpuacct"))));
    }

    @Test
    void a_mount_that_shows_a_part_of_its_hierarchy_is_understood() throws Exception {
        write("proc/self/cgroup", "4:memory:/docker/1/x\n3:pids:/docker/1\n");
        write(
                "proc/self/mountinfo",
                """
                1 0 0:1 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                2 0 0:2 /docker/1 /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
                """);
        group("memory/x");
        group("pids");

        assertThat(place(0))
                .isEqualTo(
                        new ControlGroupPlace.PerController(
                                Map.of(
                                        "memory", root.resolve("sys/fs/cgroup/memory/x"),
                                        "pids", root.resolve("sys/fs/cgroup/pids"))));
    }

    @Test
    void a_part_of_version_1_is_no_place_at_all() throws Exception {
        write("proc/self/cgroup", "2:cpu:/\n");
        write("proc/self/mountinfo", "1 0 0:1 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n");
        group("cpu");

        assertThat(place(0)).isEqualTo(new ControlGroupPlace.Nowhere());
    }

    @Test
    void version_2_takes_the_nearest_folder_that_hands_on_memory_and_processes() throws Exception {
        unified("/user/session");
        var parent = group("user");
        write("sys/fs/cgroup/user/cgroup.subtree_control", "cpu memory pids\n");
        group("user/session");
        write("sys/fs/cgroup/user/session/cgroup.subtree_control", "\n");

        assertThat(place(1000)).isEqualTo(new ControlGroupPlace.Unified(parent));
    }

    @Test
    void version_2_without_delegation_has_no_place() throws Exception {
        unified("/user/session");
        group("user/session");

        assertThat(place(1000)).isEqualTo(new ControlGroupPlace.Nowhere());
    }

    @Test
    void systemd_is_asked_where_it_runs() throws Exception {
        unified("/user/session");
        Files.createDirectories(root.resolve("run/systemd/system"));
        var program = write("bin/systemd-run", "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        var programs = ProgramPath.of(root.resolve("bin").toString(), List.of());
        var bus = Map.of("XDG_RUNTIME_DIR", "/run/user/1000");

        assertThat(ControlGroupPlace.find(root, programs, bus, 1000))
                .isEqualTo(new ControlGroupPlace.Scope(program, Instance.USER));
        assertThat(ControlGroupPlace.find(root, programs, Map.of(), 0))
                .isEqualTo(new ControlGroupPlace.Scope(program, Instance.SYSTEM));
        assertThat(ControlGroupPlace.find(root, programs, Map.of(), 1000))
                .isEqualTo(new ControlGroupPlace.Nowhere());
    }

    @Test
    void a_scope_carries_every_limit() {
        var scope = new ControlGroupPlace.Scope(Path.of("/usr/bin/systemd-run"), Instance.USER);

        assertThat(ControlGroup.plan(scope, "safe-coder-1", Scenes.LIMITS))
                .isEqualTo(
                        new ControlGroup(
                                List.of(
                                        "/usr/bin/systemd-run",
                                        "--user",
                                        "--scope",
                                        "--quiet",
                                        "--collect",
                                        "--unit=safe-coder-1",
                                        "-p",
                                        "MemoryMax=268435456",
                                        "-p",
                                        "MemorySwapMax=0",
                                        "-p",
                                        "TasksMax=128",
                                        "-p",
                                        "CPUQuota=150%",
                                        "--"),
                                List.of(),
                                Version.TWO));
    }

    @Test
    void the_limits_are_written_to_the_files_that_are_there() throws Exception {
        for (var file :
                List.of(
                        "memory.limit_in_bytes",
                        "memory.memsw.limit_in_bytes",
                        "memory.max",
                        "memory.swap.max",
                        "pids.max",
                        "cpu.cfs_period_us",
                        "cpu.cfs_quota_us",
                        "cpu.max")) {
            write("kernel/" + file, "");
        }

        ControlGroup.limit(root.resolve("kernel"), Scenes.LIMITS);

        assertThat(contents(root.resolve("kernel")))
                .isEqualTo(
                        Map.of(
                                "memory.limit_in_bytes", "268435456",
                                "memory.memsw.limit_in_bytes", "268435456",
                                "memory.max", "268435456",
                                "memory.swap.max", "0",
                                "pids.max", "128",
                                "cpu.cfs_period_us", "100000",
                                "cpu.cfs_quota_us", "150000",
                                "cpu.max", "150000 100000"));
    }

    @Test
    void controllers_of_version_1_that_share_a_hierarchy_share_the_group() {
        var place =
                new ControlGroupPlace.PerController(
                        Map.of(
                                "memory",
                                Path.of("/m"),
                                "pids",
                                Path.of("/x"),
                                "cpu",
                                Path.of("/x")));
        var group = ControlGroup.plan(place, "g", Scenes.LIMITS);

        assertThat(group.folders()).isEqualTo(List.of(Path.of("/m/g"), Path.of("/x/g")));
        assertThat(group.doors()).isEqualTo(List.of(Path.of("/m/g/tasks"), Path.of("/x/g/tasks")));
    }

    @Test
    void a_group_of_version_2_is_entered_by_a_whole_process() {
        var place = new ControlGroupPlace.Unified(Path.of("/u"));

        assertThat(ControlGroup.plan(place, "g", Scenes.LIMITS).doors())
                .isEqualTo(List.of(Path.of("/u/g/cgroup.procs")));
    }

    @Test
    void a_group_that_was_never_made_is_removed_without_a_word() throws Exception {
        new ControlGroup(List.of(), List.of(root.resolve("nowhere")), Version.ONE).remove();

        assertThat(root).isEmptyDirectory();
    }

    private ControlGroupPlace place(int uid) throws IOException {
        return ControlGroupPlace.find(root, NO_PROGRAMS, Map.of(), uid);
    }

    private void unified(String own) throws IOException {
        write("proc/self/cgroup", "0::%s\n".formatted(own));
        write(
                "proc/self/mountinfo",
                "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n");
        write("sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
    }

    private Path group(String name) throws IOException {
        write("sys/fs/cgroup/%s/cgroup.procs".formatted(name), "");
        return root.resolve("sys/fs/cgroup").resolve(name);
    }

    private Path write(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                contents.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return contents;
    }
}
