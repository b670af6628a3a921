package dev.safecoder.history;

import static dev.safecoder.threat.ThreatCase.A11;
import static dev.safecoder.threat.ThreatCase.A13;
import static dev.safecoder.threat.ThreatCase.A14;
import static dev.safecoder.threat.ThreatCase.C12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import dev.safecoder.threat.Threat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir Path folder;
    private Path gitFolder;
    private RealGit git;

    @BeforeEach
    void choose() {
        gitFolder = folder.resolve("history.git");
        git = new RealGit(folder);
    }

    @Test
    void a_new_history_has_one_commit_over_an_empty_tree() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            var first = history.checkpoints().getFirst();
            assertThat(history.checkpoints())
                    .containsExactly(new Checkpoint(0, first.id(), "Initial snapshot", "", NOON));
            assertThat(history.tree(0)).isEmpty();
        }
        assertThat(git("log", "--format=%an|%ae|%cn|%ce|%s|%aI"))
                .isEqualTo(
                        "Safe Coder|safe-coder@localhost|Safe Coder|safe-coder@localhost"
                                + "|Initial snapshot|2026-11-24T12:00:00+00:00\n");
        requireSound();
    }

    @Test
    void every_commit_shows_what_its_step_did_and_nothing_else() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            step(history, "one", Map.of("a", "old a\n"), Map.of("a", "new a\n"));
            step(history, "two", Map.of("src/b", "old b\n"), Map.of("src/b", "new b\n"));
            step(history, "three", Map.of(), Map.of("c", "c\n"));
            step(history, "four", Map.of("src/d", "old d\n"), Map.of("src/d", ""));
        }
        assertThat(git("log", "--reverse", "--format=%s", "--name-status", "--root"))
                .isEqualTo(
                        """
                        Initial snapshot

                        A\ta
                        A\tsrc/b
                        A\tsrc/d
                        one

                        M\ta
                        two

                        M\tsrc/b
                        three

                        A\tc
                        four

                        M\tsrc/d
                        """);
        requireSound();
    }

    @Test
    void a_file_and_a_folder_take_each_others_place() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            history.checkpoint(
                    "file to folder",
                    "",
                    List.of(present(history, "d", "file")),
                    List.of(absent("d"), present(history, "d/x", "in it")),
                    NOON);
            history.checkpoint(
                    "folder to file",
                    "",
                    List.of(),
                    List.of(absent("d/x"), present(history, "d", "file again")),
                    NOON);
            assertThat(history.tree(0).keySet()).containsExactly(path("d"));
            assertThat(history.tree(1).keySet()).containsExactly(path("d/x"));
            assertThat(history.tree(2).keySet()).containsExactly(path("d"));
        }
        requireSound();
    }

    @Test
    @Threat(A11)
    void the_same_file_given_as_file_and_as_folder_is_refused_and_nothing_changes()
            throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            var states = List.of(present(history, "d", "x"), present(history, "d/e/f", "x"));
            assertThatThrownBy(() -> history.checkpoint("lie", "", List.of(), states, NOON))
                    .isInstanceOf(HistoryException.class)
                    .hasMessage("'d' was given both as a file and as a folder");
            assertThat(history.checkpoints()).hasSize(1);
        }
    }

    @Test
    @Threat(A11)
    void a_name_of_gits_own_is_refused_and_nothing_changes() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            for (var name : List.of(".git/config", "lib/.GIT/hooks/x", "git~1", "a/.git ")) {
                var states = List.of(present(history, name, "x"));
                assertThatThrownBy(() -> history.checkpoint("evil", "", List.of(), states, NOON))
                        .isInstanceOf(HistoryException.class)
                        .hasMessageContaining("git takes for its own");
            }
            assertThat(history.checkpoints()).hasSize(1);
        }
        requireSound();
    }

    @Test
    @Threat({A13, A14})
    void what_the_agent_writes_about_attributes_and_ignores_hides_nothing() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            step(
                    history,
                    "hide",
                    Map.of(),
                    Map.of(
                            ".gitattributes", "* -diff ident working-tree-encoding=UTF-16\n",
                            ".gitignore", "*\n",
                            "payload.sh", "$Id$\r\n"));
            assertThat(history.changes(0, 1).changes())
                    .extracting(change -> change.path().toString() + " " + change.lines().added())
                    .containsExactly(".gitattributes 1", ".gitignore 1", "payload.sh 1");
            assertThat(text(history, 1, "payload.sh")).isEqualTo("$Id$\r\n");
        }
        requireSound();
    }

    @Test
    @Threat(C12)
    void a_message_holds_no_control_or_invisible_characters() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            var made =
                    history.checkpoint(
                            "Agent executed: bash\nfaked: line",
                            "\n$ printf '\u001b[2J'\n\u202eexit 0\n\n",
                            List.of(),
                            List.of(),
                            NOON);
            assertThat(made.subject()).isEqualTo("Agent executed: bash␊faked: line");
            assertThat(made.body()).isEqualTo("$ printf '␛[2J'\n<U+202E>exit 0");
        }
        try (var history = History.open(gitFolder)) {
            assertThat(git("log", "-1", "--format=%s|%b"))
                    .isEqualTo(
                            "Agent executed: bash␊faked: line|$ printf '␛[2J'\n<U+202E>exit 0\n\n");
            assertThat(history.checkpoints().getLast().body())
                    .isEqualTo("$ printf '␛[2J'\n<U+202E>exit 0");
        }
        requireSound();
    }

    @Test
    void another_process_goes_on_where_the_first_left_off() throws Exception {
        List<Checkpoint> made;
        Map<RelativePath, Optional<TreeEntry>> touched;
        try (var history = History.create(gitFolder, NOON)) {
            step(history, "one", Map.of("a", "old a"), Map.of("a", "new a"));
            history.checkpoint("two", "", List.of(), List.of(absent("a")), NOON);
            step(history, "three", Map.of(), Map.of("d/b", "b"));
            made = history.checkpoints();
            touched = history.touched();
        }
        try (var history = History.open(gitFolder)) {
            assertThat(history.checkpoints()).isEqualTo(made);
            assertThat(history.touched()).isEqualTo(touched);
            step(history, "four", Map.of("c", "old c"), Map.of("c", "new c"));
            assertThat(history.tree(0).keySet()).containsExactly(path("a"), path("c"));
            assertThat(history.tree(4).keySet()).containsExactly(path("c"), path("d/b"));
        }
        requireSound();
    }

    @Test
    void one_process_owns_a_history_and_others_may_view_it() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            step(history, "one", Map.of("a", "old a"), Map.of("a", "new a"));
            assertThatThrownBy(() -> History.open(gitFolder))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageEndingWith("is in use by another process");
            try (var view = History.view(gitFolder)) {
                step(history, "two", Map.of("b", "old b"), Map.of("b", "new b"));
                assertThat(view.changes(0, 1).changes()).hasSize(1);
                assertThat(text(view, 1, "a")).isEqualTo("new a");
                assertThatThrownBy(() -> step(view, "no", Map.of(), Map.of()))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
        History.open(gitFolder).close();
    }

    @Test
    void rewound_steps_leave_the_branch_and_stay_readable() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            step(history, "one", Map.of("a", "old a"), Map.of("a", "new a"));
            step(history, "two", Map.of("b", "old b"), Map.of("b", "new b", "c", "c"));
            history.rewind(1);
            assertThat(history.checkpoints())
                    .extracting(Checkpoint::subject)
                    .containsExactly("Initial snapshot", "one");
            assertThat(history.touched().keySet()).containsExactly(path("a"), path("b"));
            step(history, "other two", Map.of("d", "old d"), Map.of("d", "new d"));
            step(history, "three", Map.of("e", "old e"), Map.of("e", "new e"));
            step(history, "four", Map.of("f", "old f"), Map.of("f", "new f"));
            history.rewind(0);
            assertThat(history.changes(0, 0).changes()).isEmpty();
        }
        assertThat(git("log", "--format=%s", "refs/safe-coder/rewound/1"))
                .isEqualTo("two\none\nInitial snapshot\n");
        assertThat(git("show", "refs/safe-coder/rewound/1:c")).isEqualTo("c");
        assertThat(git("log", "--format=%s", "refs/safe-coder/rewound/2"))
                .isEqualTo("four\nthree\nother two\none\nInitial snapshot\n");
        requireSound();
    }

    @Test
    void a_users_git_gc_does_no_harm() throws Exception {
        try (var history = History.create(gitFolder, NOON)) {
            step(history, "one", Map.of("a", "old a"), Map.of("a", "new a"));
            step(history, "two", Map.of("b", "old b"), Map.of("b", "new b"));
        }
        git("gc", "-q", "--prune=now", "--aggressive");
        try (var history = History.open(gitFolder)) {
            step(history, "three", Map.of("c", "old c"), Map.of("c", "new c"));
            step(history, "four", Map.of("d", "old d"), Map.of("d", "new d"));
            step(history, "five", Map.of("e", "old e"), Map.of("e", "new e"));
            assertThat(history.changes(0, 5).changes()).hasSize(5);
            assertThat(text(history, 5, "a")).isEqualTo("new a");
        }
        requireSound();
    }

    @Test
    void a_large_content_is_kept_without_being_in_memory() throws Exception {
        long size = 100L << 20;
        try (var history = History.create(gitFolder, NOON)) {
            var entry = history.store(TreeEntry.Type.FILE, new Zeros(size));
            assertThat(entry.size()).isEqualTo(size);
            try (var back = history.open(entry.blob())) {
                assertThat(back.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
            }
            assertThat(gitFolder.resolve("incoming")).isEmptyDirectory();
        }
    }

    /** So many zero bytes. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] to, int from, int most) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(most, left);
            Arrays.fill(to, from, from + count, (byte) 0);
            left -= count;
            return count;
        }
    }

    @Test
    void what_is_no_history_is_said_so() throws Exception {
        assertThatThrownBy(() -> History.open(folder))
                .isInstanceOf(HistoryException.class)
                .hasMessage("'%s' holds no session history".formatted(folder));
        assertThatThrownBy(() -> History.create(folder, NOON))
                .isInstanceOf(HistoryException.class)
                .hasMessage("'%s' is there already".formatted(folder));
    }

    private static void step(
            History history, String subject, Map<String, String> old, Map<String, String> now)
            throws IOException {
        history.checkpoint(subject, "", states(history, old), states(history, now), NOON);
    }

    private static List<PathState> states(History history, Map<String, String> contents)
            throws IOException {
        var states = new ArrayList<PathState>();
        for (var content : contents.entrySet()) {
            states.add(present(history, content.getKey(), content.getValue()));
        }
        return states;
    }

    private static PathState present(History history, String path, String content)
            throws IOException {
        var bytes = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        return new PathState(path(path), Optional.of(history.store(TreeEntry.Type.FILE, bytes)));
    }

    private static String text(History history, int step, String path) throws IOException {
        var entry = Objects.requireNonNull(history.tree(step).get(path(path)));
        return new String(history.bytes(entry.blob()), StandardCharsets.UTF_8);
    }

    private static PathState absent(String path) {
        return new PathState(path(path), Optional.empty());
    }

    private static RelativePath path(String text) {
        return RelativePath.of(text);
    }

    private String git(String... arguments) throws Exception {
        var all = new ArrayList<String>(List.of("--git-dir", gitFolder.toString()));
        all.addAll(List.of(arguments));
        return git.text(all.toArray(String[]::new));
    }

    private void requireSound() throws Exception {
        assertThat(git("fsck", "--strict", "--no-dangling", "--no-progress")).isEmpty();
    }
}
