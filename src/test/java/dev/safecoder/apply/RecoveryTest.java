package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.apply.FaultyFolder.Operation;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do between a crash and the next start, or while an apply is at work. */
class RecoveryTest {
    private static final SampleTree BASE =
            new SampleTree().file("a", "a\n").file("b", "b\n").file("gone", "gone\n");
    private static final SampleTree AFTER =
            BASE.file("a", "A\n").file("b", "B\n").file("new", "new\n").without("gone");

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir Path folder;

    private static FaultyFolder.Fault before(Predicate<Operation> moment, Runnable what) {
        return operation -> {
            if (moment.test(operation)) {
                what.run();
            }
        };
    }

    private static boolean isDone(Operation operation) {
        return operation.kind() == Operation.Kind.DELETE
                && operation.subject().contains(Staging.PREFIX);
    }

    /** An apply that died when all steps were done and none counted as done. */
    private ApplyFixture crashed() throws IOException {
        var moves = new int[1];
        var fixture =
                new ApplyFixture(
                        folder,
                        BASE,
                        FaultyFolder.opener(
                                HostFolder::openBest,
                                before(
                                        operation ->
                                                operation.kind() == Operation.Kind.MOVE
                                                                | operation.kind()
                                                                        == Operation.Kind.EXCHANGE
                                                        && ++moves[0] > 3,
                                        () -> {
                                            throw new Crash();
                                        })));
        assertThatThrownBy(() -> fixture.apply(AFTER)).isInstanceOf(Crash.class);
        return fixture;
    }

    private Applier next() {
        return new Applier(folder.resolve("state"), InstantSource.fixed(Instant.EPOCH), _ -> {});
    }

    @Test
    void the_next_start_says_what_it_took_back() throws IOException {
        var fixture = crashed();

        var recovered = next().recover();

        assertThat(recovered)
                .extracting(Recovered::project, Recovered::ending)
                .containsExactly(
                        tuple(
                                fixture.project().toRealPath(),
                                new Recovered.Ending.TakenBack(List.of())));
        assertThat(fixture.host()).isEqualTo(BASE);
    }

    @Test
    void what_the_user_edited_after_the_crash_is_left_alone_and_named() throws IOException {
        var fixture = crashed();
        Files.writeString(fixture.project().resolve("a"), "edited after the crash\n");

        var recovered = next().recover();

        assertThat(recovered)
                .extracting(Recovered::ending)
                .containsExactly(new Recovered.Ending.TakenBack(List.of(RelativePath.of("a"))));
        assertThat(fixture.host()).isEqualTo(BASE.file("a", "edited after the crash\n"));
        var journal = new ApplyRecord(recovered.getFirst().journal());
        assertThat(journal.journal().resolve("contents")).isNotEmptyFile();
        assertThat(next().recover()).isEmpty();
    }

    @Test
    void an_apply_recovers_first_by_itself() throws IOException {
        var fixture = crashed();

        assertThat(next().apply(fixture.request(AFTER))).isInstanceOf(Applied.class);

        assertThat(fixture.host()).isEqualTo(AFTER);
    }

    @Test
    void a_project_that_is_not_there_waits_for_the_next_start() throws IOException {
        var fixture = crashed();
        var moved = Files.move(fixture.project(), folder.resolve("unplugged"));

        assertThat(next().recover())
                .extracting(Recovered::ending)
                .allMatch(ending -> ending instanceof Recovered.Ending.Postponed);

        Files.move(moved, fixture.project());
        next().recover();
        assertThat(fixture.host()).isEqualTo(BASE);
    }

    @Test
    void an_edit_at_the_last_moment_is_kept_and_everything_is_taken_back() throws IOException {
        var file = folder.resolve("project/b");
        var done = new boolean[1];
        var fixture =
                new ApplyFixture(
                        folder,
                        BASE,
                        FaultyFolder.opener(
                                HostFolder::openBest,
                                before(
                                        operation ->
                                                operation.kind() == Operation.Kind.EXCHANGE
                                                        && operation.subject().endsWith("/b")
                                                        && !done[0],
                                        () -> {
                                            done[0] = true;
                                            write(file, "edited at the last moment\n");
                                        })));

        assertThat(fixture.apply(AFTER))
                .isEqualTo(ApplyFixture.conflict("b", "it changed on the host meanwhile"));
        assertThat(fixture.host()).isEqualTo(BASE.file("b", "edited at the last moment\n"));
    }

    @Test
    void a_file_that_appears_at_the_last_moment_is_kept() throws IOException {
        var file = folder.resolve("project/new");
        var fixture =
                new ApplyFixture(
                        folder,
                        BASE,
                        FaultyFolder.opener(
                                HostFolder::openBest,
                                before(
                                        operation -> operation.kind() == Operation.Kind.EXCHANGE,
                                        () -> write(file, "mine\n"))));

        assertThat(fixture.apply(AFTER))
                .isEqualTo(ApplyFixture.conflict("new", "it changed on the host meanwhile"));
        assertThat(fixture.host()).isEqualTo(BASE.file("new", "mine\n"));
    }

    /** The negative control: the same moment with a writer that renames over what is there. */
    @Test
    void a_naive_writer_loses_an_edit_at_the_last_moment() throws IOException {
        var file = folder.resolve("b");
        Files.writeString(file, "b\n");
        var temporary = Files.writeString(folder.resolve("b.tmp"), "B\n");
        assertThat(Files.readString(file)).isEqualTo("b\n"); // its check, too early

        Files.writeString(file, "edited at the last moment\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(Files.readString(file)).isEqualTo("B\n");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void a_second_apply_is_refused_while_one_is_at_work() throws IOException {
        var second = new ApplyOutcome[1];
        var fixtures = new ApplyFixture[1];
        var fixture =
                new ApplyFixture(
                        folder,
                        BASE,
                        FaultyFolder.opener(
                                HostFolder::openBest,
                                before(
                                        operation ->
                                                operation.kind() == Operation.Kind.EXCHANGE
                                                        && second[0] == null,
                                        () -> second[0] = applyAgain(fixtures[0]))));
        fixtures[0] = fixture;

        assertThat(fixture.apply(AFTER)).isInstanceOf(Applied.class);

        assertThat(second[0]).isEqualTo(new ApplyOutcome.Busy("this process"));
    }

    private ApplyOutcome applyAgain(ApplyFixture fixture) {
        try {
            return next().apply(fixture.request(AFTER));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void a_forgotten_apply_cannot_be_taken_back() throws IOException {
        var fixture = new ApplyFixture(folder, BASE);
        var applied = (Applied) fixture.apply(AFTER);

        fixture.applier().forget(applied.record());

        assertThatThrownBy(() -> fixture.applier().undo(applied.record()))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("There is no apply to take back");
    }

    @Test
    void a_leftover_staging_folder_is_found_by_its_journal() throws IOException {
        var fixture =
                new ApplyFixture(
                        folder,
                        BASE,
                        FaultyFolder.opener(
                                HostFolder::openBest,
                                before(
                                        RecoveryTest::isDone,
                                        () -> {
                                            throw new Crash();
                                        })));
        assertThatThrownBy(() -> fixture.apply(AFTER)).isInstanceOf(Crash.class);

        assertThat(next().recover())
                .extracting(Recovered::ending)
                .containsExactly(new Recovered.Ending.Done());
        assertThat(fixture.host()).isEqualTo(AFTER);
    }
}
