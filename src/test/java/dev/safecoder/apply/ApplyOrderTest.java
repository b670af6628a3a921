package dev.safecoder.apply;

import static dev.safecoder.threat.ThreatCase.I4;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.FaultyFolder.Operation;
import dev.safecoder.apply.FaultyFolder.Operation.Kind;
import dev.safecoder.path.RelativePath;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of steps that a loss of power at any moment needs (THREATS.md I4). */
@Threat(I4)
class ApplyOrderTest {
    private static final Set<Kind> MOVES = Set.of(Kind.MOVE, Kind.EXCHANGE);

    @TempDir Path folder;

    private List<Operation> operations() throws IOException {
        var seen = new ArrayList<Operation>();
        var fixture =
                new ApplyFixture(
                        folder,
                        MixedChanges.before(),
                        FaultyFolder.opener(HostFolder::openBest, seen::add));
        assertThat(fixture.apply(MixedChanges.review())).isInstanceOf(ApplyOutcome.Applied.class);
        return seen;
    }

    private String state() {
        return folder.resolve("state").toString();
    }

    private boolean isInProject(Operation operation) {
        return operation.subject().startsWith(folder.resolve("project").toString());
    }

    /** Where the journal's state was entered for the time that is asked for, counted from 1. */
    private int entered(List<Operation> all, int time) {
        int left = time;
        for (int at = 0; at < all.size(); at++) {
            var one = all.get(at);
            if (one.kind() == Kind.REPLACE && one.subject().startsWith(state()) && --left == 0) {
                return at;
            }
        }
        throw new AssertionError("no such state");
    }

    private static int first(List<Operation> all, Predicate<Operation> which) {
        for (int at = 0; at < all.size(); at++) {
            if (which.test(all.get(at))) {
                return at;
            }
        }
        throw new AssertionError("no such operation");
    }

    @Test
    void the_journal_and_what_it_keeps_are_on_the_disk_before_the_project_is_written()
            throws IOException {
        var all = operations();
        int firstInProject = first(all, this::isInProject);
        var before = all.subList(0, firstInProject);

        for (var created : before) {
            if (created.kind() == Kind.CREATE) {
                assertThat(before).contains(new Operation(Kind.SYNC_FILE, created.subject()));
            }
        }
        // the plan, then the state, each renamed into place and then synced
        assertThat(before.stream().filter(one -> one.kind() == Kind.REPLACE)).hasSize(2);
        assertThat(before.getLast().kind()).isEqualTo(Kind.SYNC_FOLDER);
    }

    /** What was made and may be lost with the power. */
    private static Set<String> notOnDisk(List<Operation> steps) {
        var made = new TreeSet<String>();
        for (var step : steps) {
            if (step.kind() == Kind.CREATE) {
                made.add(step.subject());
            } else if (step.kind() == Kind.SYNC_FILE) {
                made.remove(step.subject());
            }
        }
        return made;
    }

    @Test
    @NegativeControl(I4)
    void a_file_that_is_moved_before_it_is_on_the_disk_is_seen() throws IOException {
        var seen = new ArrayList<Operation>();
        var opener = FaultyFolder.opener(HostFolder::openBest, seen::add);
        try (var place = opener.open(folder)) {
            try (var file = place.create(RelativePath.of("new"), 0600)) {
                file.write(new byte[] {'x'}, 1);
            }
            place.replace(RelativePath.of("new"), RelativePath.of("old"));
        }
        assertThat(notOnDisk(seen)).containsExactly(folder.resolve("new").toString());
    }

    @Test
    void everything_new_is_on_the_disk_before_anything_moves() throws IOException {
        var all = operations();
        int committed = entered(all, 3);
        var staged = all.subList(0, committed);

        assertThat(first(all, one -> MOVES.contains(one.kind()))).isGreaterThan(committed);
        assertThat(staged).anyMatch(one -> one.kind() == Kind.CREATE && isInProject(one));
        assertThat(notOnDisk(staged)).isEmpty();
        assertThat(all.get(committed + 1).kind()).isEqualTo(Kind.SYNC_FOLDER);
    }

    @Test
    void every_touched_folder_is_on_the_disk_before_the_apply_counts_as_done() throws IOException {
        var all = operations();
        int done = entered(all, 4);
        int lastMove = all.size() - 1 - first(all.reversed(), one -> MOVES.contains(one.kind()));
        assertThat(lastMove).isLessThan(done);
        var synced =
                all.subList(lastMove, done).stream()
                        .filter(one -> one.kind() == Kind.SYNC_FOLDER)
                        .map(one -> folder.resolve("project").relativize(Path.of(one.subject())))
                        .map(Path::toString)
                        .collect(Collectors.toSet());

        assertThat(synced).contains("", "src", "new/deep0", "mode", "file-to-folder", "bin");
    }

    @Test
    void nothing_is_deleted_in_the_project_before_the_apply_counts_as_done() throws IOException {
        var all = operations();

        assertThat(first(all, one -> one.kind() == Kind.DELETE && isInProject(one)))
                .isGreaterThan(entered(all, 4));
    }
}
