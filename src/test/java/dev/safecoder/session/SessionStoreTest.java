package dev.safecoder.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.workspace.Refusal;
import dev.safecoder.workspace.WorkspaceMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionStoreTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final String HOST = "here";
    private static final Path PROJECT = Path.of("/home/u/project");
    private static final Owner DEAD = new Owner(HOST, 4_194_303, 1);

    @TempDir private Path state;
    private SessionStore store;

    @BeforeEach
    void makeStore() {
        store = new SessionStore(state, HOST);
    }

    @Test
    void a_record_is_read_as_it_was_written() {
        var record = saved("aaaaaaaa", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);

        var read = store.find("aaaaaaaa");

        assertThat(read).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void folders_and_files_are_private() throws IOException {
        saved("aaaaaaaa", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);
        var folder = store.folder(new SessionId("aaaaaaaa")).folder();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void sessions_are_found_by_a_unique_beginning_and_listed_newest_first() {
        saved("aaaaaaaa", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);
        saved("aabbbbbb", "2026-01-02T00:00:00Z", Outcome.COMPLETED, DEAD);

        assertThat(store.all())
                .extracting(it -> it.id().text())
                .containsExactly("aabbbbbb", "aaaaaaaa");
        assertThat(store.find("aab").id().text()).isEqualTo("aabbbbbb");
        assertThat(store.newestOf(PROJECT).id().text()).isEqualTo("aabbbbbb");
        assertThatThrownBy(() -> store.find("aa"))
                .hasMessage("The session id 'aa' is not unique: aabbbbbb, aaaaaaaa");
        assertThatThrownBy(() -> store.find("zz")).hasMessage("There is no session 'zz'");
        assertThatThrownBy(() -> store.find("../../etc"))
                .hasMessage("There is no session '../../etc'");
        assertThatThrownBy(() -> store.newestOf(Path.of("/other")))
                .hasMessage("There is no session of '/other'");
    }

    @Test
    void only_a_session_whose_process_is_dead_on_this_machine_is_an_orphan() {
        saved("aaaaaaaa", "2026-01-01T00:00:00Z", Outcome.RUNNING, DEAD);
        saved("bbbbbbbb", "2026-01-01T00:00:00Z", Outcome.RUNNING, Owner.self(HOST));
        saved("cccccccc", "2026-01-01T00:00:00Z", Outcome.RUNNING, new Owner("there", 1, 1));
        saved("dddddddd", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);

        var orphans = store.orphans();

        assertThat(orphans).extracting(it -> it.id().text()).containsExactly("aaaaaaaa");
        store.markInterrupted(orphans.getFirst());
        assertThat(store.orphans()).isEmpty();
        assertThat(store.find("aaaaaaaa").outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void a_running_session_is_not_thrown_away() {
        var running = saved("bbbbbbbb", "2026-01-01T00:00:00Z", Outcome.RUNNING, Owner.self(HOST));

        assertThatThrownBy(() -> store.discard(running, NOW))
                .hasMessage(
                        "The session 'bbbbbbbb' is still running in process %d"
                                .formatted(ProcessHandle.current().pid()));
        assertThatThrownBy(() -> store.delete(running)).isInstanceOf(SessionException.class);
    }

    @Test
    void a_discarded_session_lies_in_the_trash() {
        store.discard(saved("aaaaaaaa", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD), NOW);

        assertThat(store.all()).isEmpty();
        assertThat(state.resolve("trash/aaaaaaaa/session.json")).exists();
        var trashed = store.trash().find("aa").orElseThrow();
        assertThat(store.trash().bytes(trashed)).isPositive();
        store.trash().delete(trashed);
        assertThat(store.trash().all()).isEmpty();
    }

    @Test
    void a_full_trash_lets_go_what_was_thrown_away_first() throws IOException {
        var trash = new Trash(state.resolve("trash"), new Trash.Limits(2, 10_000));
        Files.createDirectories(state.resolve("trash"));
        // thrown away in another order than made
        for (var id : List.of("cccccccc", "aaaaaaaa", "bbbbbbbb")) {
            saved(id, "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);
        }
        var first = new SessionId("cccccccc");
        assertThat(trash.take(store.folder(first), NOW)).isEmpty();
        var second = new SessionId("aaaaaaaa");
        assertThat(trash.take(store.folder(second), NOW.plusSeconds(1))).isEmpty();
        var third = new SessionId("bbbbbbbb");
        assertThat(trash.take(store.folder(third), NOW.plusSeconds(2))).containsExactly(first);

        var large = saved("dddddddd", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);
        var folder = store.folder(large.id());
        Files.write(folder.folder().resolve("history"), new byte[20_000]);
        assertThat(trash.take(folder, NOW.plusSeconds(3)))
                .as("it is larger than the trash, and stays")
                .containsExactly(second, third);
        assertThat(trash.all()).extracting(SessionRecord::id).containsExactly(large.id());
    }

    @Test
    void deleting_follows_no_link_out_of_the_session() throws IOException {
        var outside = Files.writeString(state.resolve("outside.txt"), "stays");
        var record = saved("aaaaaaaa", "2026-01-01T00:00:00Z", Outcome.COMPLETED, DEAD);
        var folder = store.folder(record.id()).folder();
        Files.createSymbolicLink(folder.resolve("link"), state);

        store.delete(record);

        assertThat(folder).doesNotExist();
        assertThat(outside).hasContent("stays");
    }

    private SessionRecord saved(String id, String created, Outcome outcome, Owner owner) {
        var record =
                new SessionRecord(
                        new SessionId(id),
                        PROJECT,
                        BackendName.BUBBLEWRAP,
                        WorkspaceMode.OVERLAY,
                        "script:demo",
                        Instant.parse(created),
                        owner,
                        outcome,
                        3,
                        2,
                        Map.of("a\\x0ab", "it changed on the host since the session began"),
                        List.of(new Refusal(new byte[] {'x', (byte) 0xff}, "it is a socket")));
        store.create(record.id());
        store.save(record);
        return record;
    }
}
