package dev.safecoder.apply;

import static dev.safecoder.threat.ThreatCase.B5;
import static dev.safecoder.threat.ThreatCase.B8;
import static dev.safecoder.threat.ThreatCase.B9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.path.RelativePath;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every way to reach the disk promises. */
abstract class HostFolderContract {
    private static final RelativePath A = RelativePath.of("a");
    private static final RelativePath B = RelativePath.of("b");
    private static final RelativePath LINK = RelativePath.of("link");

    @TempDir Path place;
    private HostFolder folder;

    abstract HostFolder.Opener opener();

    @BeforeEach
    void open() throws IOException {
        folder = opener().open(place);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    private void write(RelativePath name, String text) throws IOException {
        try (var file = folder.create(name, 0644)) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            file.write(bytes, bytes.length);
            file.sync();
        }
    }

    private String read(RelativePath name) throws IOException {
        try (var content = folder.read(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_file_is_made_read_and_deleted() throws IOException {
        write(A, "content\n");

        assertThat(read(A)).isEqualTo("content\n");
        assertThat(folder.look(A).orElseThrow().size()).isEqualTo(8);
        assertThat(folder.names()).containsExactly(A);
        folder.sync();
        folder.delete(A);
        assertThat(folder.look(A)).isEmpty();
    }

    @Test
    void a_large_content_comes_out_as_it_went_in() throws IOException {
        var text = "0123456789".repeat(100_000);
        write(A, text);

        assertThat(read(A)).isEqualTo(text);
    }

    @Test
    void nothing_that_is_there_is_made_again() throws IOException {
        write(A, "1");
        folder.make(B, 0755);

        assertThatThrownBy(() -> write(A, "2")).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> folder.make(B, 0755))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> folder.link(A, new byte[] {'x'}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(A)).isEqualTo("1");
    }

    @Test
    void a_move_never_replaces() throws IOException {
        write(A, "1");
        write(B, "2");

        assertThatThrownBy(() -> folder.move(A, folder, B))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(A) + read(B)).isEqualTo("12");
    }

    @Test
    void an_exchange_is_done_whole_or_not_at_all() throws IOException {
        write(A, "1");
        write(B, "2");

        boolean done = folder.exchange(A, folder, B);

        assertThat(read(A) + read(B)).isEqualTo(done ? "21" : "12");
    }

    @Test
    void a_replacement_is_one_step() throws IOException {
        write(A, "1");
        write(B, "2");
        folder.replace(A, B);

        assertThat(read(B)).isEqualTo("1");
        assertThat(folder.look(A)).isEmpty();
    }

    @Test
    void a_link_is_itself_and_leads_nowhere() throws IOException {
        Files.createDirectory(place.resolve("target"));
        Files.writeString(place.resolve("target/file"), "x");
        folder.link(LINK, "target".getBytes(StandardCharsets.UTF_8));

        assertThat(folder.look(LINK).orElseThrow().kind()).isEqualTo(HostEntry.Kind.LINK);
        assertThat(folder.target(LINK)).isEqualTo("target".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> folder.open(LINK)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> folder.read(LINK)).isInstanceOf(FileSystemException.class);
        folder.delete(LINK);
        assertThat(place.resolve("target/file")).exists();
    }

    @Test
    void a_dangling_link_is_not_written_through() throws IOException {
        folder.link(LINK, "made".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> write(LINK, "x")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(place.resolve("made")).doesNotExist();
    }

    @Test
    void a_folder_is_opened_and_deleted_when_it_is_empty() throws IOException {
        folder.make(A, 0755);
        try (var inside = folder.open(A)) {
            inside.make(B, 0755);
            assertThat(inside.names()).containsExactly(B);
            assertThat(inside.isWritable()).isTrue();
            assertThatThrownBy(() -> folder.deleteFolder(A))
                    .isInstanceOf(DirectoryNotEmptyException.class);
            inside.deleteFolder(B);
        }
        folder.deleteFolder(A);
        assertThat(folder.names()).isEmpty();
    }

    @Test
    void what_is_not_there_says_so() {
        assertThatThrownBy(() -> folder.open(A)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> folder.read(A)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> folder.delete(A)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> folder.move(A, folder, B)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_file_is_no_folder() throws IOException {
        write(A, "x");

        assertThatThrownBy(() -> folder.open(A)).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    @Threat({B5, B8})
    void only_one_name_at_a_time_is_taken() {
        var two = RelativePath.of("a/b");

        assertThatThrownBy(() -> folder.open(two)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> folder.create(two, 0644))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> folder.delete(two)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void special_bits_are_never_granted() throws IOException {
        try (var file = folder.create(A, 0644)) {
            var owner = folder.look().rights();
            file.grant(new Rights(07755, owner.uid(), owner.gid()));
        }

        assertThat(folder.look(A).orElseThrow().mode()).isEqualTo(0755);
    }

    @Test
    void a_write_and_another_file_in_its_place_are_both_seen() throws IOException {
        write(A, "1");
        var before = folder.look(A).orElseThrow();
        assertThat(before.isStill(folder.look(A).orElseThrow())).isTrue();

        write(B, "1");
        folder.replace(B, A);
        assertThat(before.isStill(folder.look(A).orElseThrow())).isFalse();
    }

    @Test
    @Threat(B9)
    void a_pipe_is_not_waited_for() throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", place.resolve("a").toString()).start().waitFor();

        assertThat(folder.look(A).orElseThrow().kind()).isEqualTo(HostEntry.Kind.OTHER);
    }
}
