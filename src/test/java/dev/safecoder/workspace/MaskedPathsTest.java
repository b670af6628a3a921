package dev.safecoder.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.guest.Guest;
import dev.safecoder.guest.GuestPrograms;
import dev.safecoder.guest.RealGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is masked is found outside and hidden inside: a copy of the project stands for the view. */
@Timeout(60)
class MaskedPathsTest {
    private static final Masks MASKS = new Masks(List.of(".env*", "!*.example", "*.key", "secret"));
    private static final List<String> FILES =
            List.of(".env", "a/.ENV", "a/.env.example", "a/b/é.key", "a/secret/deep/x", "kept");

    @TempDir Path scratch;
    @TempDir Path project;
    @TempDir Path view;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        guest = RealGuest.connect(scratch, view);
    }

    @AfterEach
    void stop() {
        guest.close();
    }

    private static void make(Path root, List<String> files) throws IOException {
        for (var file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), file);
        }
    }

    private List<String> hidden(Path program) throws Exception {
        var masked = MaskedPaths.search(Project.at(project), MASKS, program);
        return masked.hide(guest).stream().map(one -> new String(one.path(), UTF_8)).toList();
    }

    /** Stands for the guest's program where it is asked for its list. */
    private Path lister(String script) throws IOException {
        var file =
                Files.writeString(
                        scratch.resolve("lister"), "#!/bin/sh\ncat > /dev/null\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path guestHere() {
        return GuestPrograms.guestHere(GuestPrograms.install(scratch));
    }

    @Test
    void what_the_host_finds_is_hidden_inside() throws Exception {
        make(project, FILES);
        make(view, FILES);
        make(view, List.of("only/inside/.env"));
        assertThat(hidden(guestHere()))
                .containsExactlyInAnyOrder(".env", "a/.ENV", "a/b/é.key", "a/secret");
        assertThat(view.resolve("a/secret")).doesNotExist();
        assertThat(view.resolve("a/.env.example")).exists();
        assertThat(view.resolve("only/inside/.env")).exists(); // nobody has walked inside
        assertThat(project.resolve("a/secret/deep/x")).exists();
    }

    @Test
    void more_than_one_request_can_carry_are_hidden() throws Exception {
        var many = IntStream.range(0, 3_000).mapToObj("folder/%050d.key"::formatted).toList();
        make(project, many);
        make(view, many);
        assertThat(hidden(guestHere())).containsExactlyInAnyOrderElementsOf(many);
        assertThat(view.resolve("folder")).isEmptyDirectory();
    }

    /** The guest finds what the project does not even have: that shows who has looked. */
    private void assertGuestLooks(Path program) throws Exception {
        make(view, List.of(".env", "only/inside/.env"));
        assertThat(hidden(program)).containsExactly(".env", "only/inside/.env");
    }

    @Test
    void without_a_list_the_guest_looks_for_itself() throws Exception {
        assertGuestLooks(scratch.resolve("missing"));
    }

    @Test
    void a_list_that_broke_off_counts_for_nothing() throws Exception {
        assertGuestLooks(lister("printf '.env\\0'; exit 70"));
    }

    @Test
    void a_list_that_is_too_long_counts_for_nothing() throws Exception {
        assertGuestLooks(lister("printf '.env\\0'; head -c 2000000 /dev/zero | tr '\\0' x"));
    }

    @Test
    void a_name_that_is_no_text_is_hidden_all_the_same() throws Exception {
        for (var folder : List.of(project, view)) {
            var shell =
                    new ProcessBuilder("/bin/sh", "-c", ": > \"$(printf 'a\\351.key')\"")
                            .directory(folder.toFile())
                            .start();
            assertThat(shell.waitFor()).isZero();
        }
        assertThat(hidden(guestHere())).hasSize(1);
        assertThat(view).isEmptyDirectory();
    }
}
