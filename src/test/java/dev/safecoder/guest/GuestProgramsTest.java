package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestProgramsTest {
    private static final Map<String, byte[]> PROGRAMS =
            Map.of("x86_64/guest", "one".getBytes(UTF_8));

    @TempDir Path state;

    @Test
    void programs_lie_in_a_folder_named_by_their_content_and_run_for_everybody() throws Exception {
        var folder = GuestPrograms.install(state, PROGRAMS);

        assertThat(folder)
                .isEqualTo(state.resolve("guest").resolve("7692c3ad3540bb803c020b3aee66cd88"));
        var guest = folder.resolve("x86_64/guest");
        assertThat(guest).hasContent("one");
        for (var path : List.of(folder, folder.resolve("x86_64"), guest)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void programs_that_are_there_are_left_alone() throws Exception {
        var guest = GuestPrograms.install(state, PROGRAMS).resolve("x86_64/guest");
        var written = Files.getLastModifiedTime(guest);
        GuestPrograms.install(state, PROGRAMS);
        assertThat(Files.getLastModifiedTime(guest)).isEqualTo(written);
    }

    @Test
    void many_at_once_install_one_folder_and_leave_nothing_else() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Path> install = () -> GuestPrograms.install(state, PROGRAMS);
            var folders =
                    threads
                            .invokeAll(IntStream.range(0, 20).mapToObj(_ -> install).toList())
                            .stream()
                            .map(done -> done.resultNow())
                            .collect(Collectors.toSet());
            assertThat(folders).hasSize(1);
            assertThat(names(state.resolve("guest")))
                    .containsExactly("7692c3ad3540bb803c020b3aee66cd88");
        }
    }

    @Test
    void the_programs_own_resources_hold_guest_and_probe_for_each_architecture() throws Exception {
        var folder = GuestPrograms.install(state);
        assertThat(names(folder)).containsExactlyInAnyOrder("x86_64", "aarch64");
        for (var architecture : List.of("x86_64", "aarch64")) {
            for (var program : List.of("guest", "probe")) {
                assertThat(folder.resolve(architecture).resolve(program)).isExecutable();
            }
        }
    }

    @Test
    void the_hash_beside_the_programs_is_theirs() throws Exception {
        var first = GuestPrograms.install(state); // named by the programs' own hash
        var second = GuestPrograms.install(state); // found by the one beside them
        assertThat(second).isEqualTo(first);
        try (var hash = GuestPrograms.class.getResourceAsStream("hash")) {
            assertThat(hash).asString(UTF_8).isEqualTo(first.getFileName() + "\n");
        }
    }

    @Test
    void a_state_folder_that_is_a_file_is_named_with_a_remedy() throws Exception {
        var file = Files.writeString(state.resolve("file"), "");
        assertThatThrownBy(() -> GuestPrograms.install(file, PROGRAMS))
                .isInstanceOf(GuestException.class)
                .hasMessageStartingWith("The guest program could not be written to '" + file)
                .extracting(thrown -> ((GuestException) thrown).remedy())
                .asString()
                .endsWith("a folder of yours with 10 MB free");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(one -> String.valueOf(one.getFileName())).toList();
        }
    }
}
