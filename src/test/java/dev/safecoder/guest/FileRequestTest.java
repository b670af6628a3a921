package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading, writing, listing and looking at files through a real guest. */
@Timeout(60)
class FileRequestTest {
    @TempDir Path scratch;
    @TempDir Path root;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        guest = RealGuest.connect(scratch, root);
    }

    @AfterEach
    void stop() {
        guest.close();
    }

    private static byte[] path(String text) {
        return text.getBytes(UTF_8);
    }

    private WriteAnswer write(WriteRequest request, byte[] content) throws Exception {
        return guest.write(request, new ByteArrayInputStream(content));
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
    }

    private static String content(FileAnswer answer) {
        assertThat(answer).isInstanceOf(FileAnswer.Content.class);
        return new String(((FileAnswer.Content) answer).bytes(), UTF_8);
    }

    @Test
    void a_part_of_a_file_comes_with_the_size_and_mode_of_the_whole() throws Exception {
        Files.writeString(root.resolve("f"), "0123456789");
        Files.setPosixFilePermissions(
                root.resolve("f"), PosixFilePermissions.fromString("rwxr-x---"));
        var answer = (FileAnswer.Content) guest.read(path("f"), 3, 4);
        assertThat(content(answer)).isEqualTo("3456");
        assertThat(answer.size()).isEqualTo(10);
        assertThat(answer.mode()).isEqualTo(0750);
        assertThat(content(guest.read(path("f"), 10, 4))).isEmpty();
        assertThat(content(guest.read(path("f"), 99, 4))).isEmpty();
        assertThat(content(guest.read(path("f"), 0, 0))).isEmpty();
    }

    @Test
    void absolute_paths_are_read_inside() throws Exception {
        assertThat(content(guest.read(path("/proc/sys/kernel/ostype"), 0, 100)))
                .isEqualTo("Linux\n");
    }

    @Test
    void what_cannot_be_read_says_why() throws Exception {
        assertThat(guest.read(path("gone"), 0, 10)).isEqualTo(new FileAnswer.Refused(2, "open"));
        assertThat(guest.read(path("."), 0, 10)).isInstanceOf(FileAnswer.Refused.class);
    }

    @Test
    void what_cannot_be_a_path_is_refused_and_the_guest_lives_on() throws Exception {
        for (var impossible : List.of("", "a\0b", "x".repeat(5_000))) {
            assertThat(guest.read(path(impossible), 0, 10)).isInstanceOf(FileAnswer.Refused.class);
            assertThat(guest.list(path(impossible), 1, 10)).isInstanceOf(ListAnswer.Refused.class);
            assertThat(write(WriteRequest.file(path(impossible), 0), new byte[0]))
                    .isInstanceOf(WriteAnswer.Refused.class);
        }
        Files.writeString(root.resolve("f"), "alive");
        assertThat(content(guest.read(path("f"), 0, 10))).isEqualTo("alive");
    }

    @Test
    void a_named_pipe_blocks_nobody() throws Exception {
        guest.run(RealGuest.shell("mkfifo p"), new Collected());
        assertThat(guest.read(path("p"), 0, 10)).isInstanceOf(FileAnswer.Refused.class);
    }

    @Test
    void fifty_megabytes_go_in_and_come_back_the_same() throws Exception {
        var bytes = new byte[50 << 20];
        new Random(3).nextBytes(bytes);
        assertThat(write(WriteRequest.file(path("big"), bytes.length), bytes))
                .isEqualTo(new WriteAnswer.Written());
        var answer = (FileAnswer.Content) guest.read(path("big"), 0, bytes.length);
        assertThat(Arrays.equals(answer.bytes(), bytes)).isTrue();
    }

    @Test
    void writing_makes_the_parents_and_a_new_file_is_not_executable() throws Exception {
        assertThat(write(WriteRequest.file(path("a/b/c"), 3), path("abc")))
                .isEqualTo(new WriteAnswer.Written());
        assertThat(root.resolve("a/b/c")).hasContent("abc");
        assertThat(mode("a/b/c")).isEqualTo("rw-r--r--");
        assertThat(mode("a/b")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void writing_keeps_the_mode_or_sets_the_one_given() throws Exception {
        var file = root.resolve("f");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx--x---"));
        write(WriteRequest.file(path("f"), 3), path("new"));
        assertThat(file).hasContent("new");
        assertThat(mode("f")).isEqualTo("rwx--x---");
        var request = new WriteRequest(WriteRequest.Kind.FILE, path("f"), OptionalInt.of(0755), 0);
        write(request, new byte[0]);
        assertThat(file).isEmptyFile();
        assertThat(mode("f")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void folders_and_links_are_written_too() throws Exception {
        var folder =
                new WriteRequest(WriteRequest.Kind.FOLDER, path("d/e"), OptionalInt.of(0700), 0);
        assertThat(write(folder, new byte[0])).isEqualTo(new WriteAnswer.Written());
        assertThat(mode("d/e")).isEqualTo("rwx------");
        var link = new WriteRequest(WriteRequest.Kind.SYMLINK, path("l"), OptionalInt.empty(), 6);
        assertThat(write(link, path("target"))).isEqualTo(new WriteAnswer.Written());
        assertThat(Files.readSymbolicLink(root.resolve("l"))).isEqualTo(Path.of("target"));
    }

    @Test
    void what_cannot_be_written_leaves_everything_as_it_was() throws Exception {
        Files.writeString(root.resolve("file"), "old");
        var bytes = new byte[1 << 20];
        assertThat(write(WriteRequest.file(path("file/below"), bytes.length), bytes))
                .isInstanceOf(WriteAnswer.Refused.class);
        assertThat(root.resolve("file")).hasContent("old");
    }

    @Test
    void content_that_ends_too_early_changes_nothing() throws Exception {
        Files.writeString(root.resolve("f"), "old");
        assertThatThrownBy(() -> write(WriteRequest.file(path("f"), 10), path("short")))
                .isInstanceOf(EOFException.class)
                .hasMessage("the content ended 5 bytes short of 10");
        assertThat(guest.stat(List.of(path("f"))).getFirst().size()).isEqualTo(3);
        assertThat(root.resolve("f")).hasContent("old");
        try (var all = Files.list(root)) {
            assertThat(all).containsExactly(root.resolve("f"));
        }
    }

    @Test
    void a_listing_is_in_order_and_as_deep_as_asked() throws Exception {
        for (var name : List.of("b/2", "b/1", "a", "c/deep/er")) {
            write(WriteRequest.file(path(name), 0), new byte[0]);
        }
        Files.createSymbolicLink(root.resolve("l"), Path.of("c"));
        assertThat(listed(1, 100)).containsExactly("./a", "./b", "./c", "./l");
        assertThat(listed(2, 100))
                .containsExactly("./a", "./b", "./b/1", "./b/2", "./c", "./c/deep", "./l");
    }

    private List<String> listed(int depth, int most) throws InterruptedException {
        var answer = (ListAnswer.Listed) guest.list(path("."), depth, most);
        assertThat(answer.complete()).isTrue();
        return answer.entries().stream().map(entry -> new String(entry.path(), UTF_8)).toList();
    }

    @Test
    void a_listing_that_was_cut_says_so() throws Exception {
        for (int index = 0; index < 5; index++) {
            Files.createFile(root.resolve("f" + index));
        }
        var cut = (ListAnswer.Listed) guest.list(path("."), 1, 4);
        assertThat(cut.entries()).hasSize(4);
        assertThat(cut.complete()).isFalse();
        assertThat(listed(1, 5)).hasSize(5);
        assertThat(guest.list(path("gone"), 1, 5)).isEqualTo(new ListAnswer.Refused(2, "open"));
    }

    @Test
    void looking_follows_no_link_and_says_what_is_not_there() throws Exception {
        Files.writeString(root.resolve("f"), "12345");
        Files.createSymbolicLink(root.resolve("l"), Path.of("f"));
        var entries = guest.stat(List.of(path("f"), path("l"), path("gone"), path("f/x")));
        assertThat(entries.stream().map(Entry::kind))
                .containsExactly(
                        Entry.Kind.FILE, Entry.Kind.SYMLINK, Entry.Kind.GONE, Entry.Kind.GONE);
        assertThat(entries.getFirst().size()).isEqualTo(5);
    }

    @Test
    void more_paths_than_a_frame_holds_are_looked_at() throws Exception {
        var paths = new ArrayList<byte[]>();
        for (int index = 0; index < 500; index++) {
            paths.add(path("%d/".formatted(index) + "x".repeat(250) + "/" + "y".repeat(250)));
        }
        paths.add(path("."));
        var entries = guest.stat(paths);
        assertThat(entries).hasSize(501);
        assertThat(entries.getLast().kind()).isEqualTo(Entry.Kind.FOLDER);
    }
}
