package dev.safecoder.apply;

import dev.safecoder.apply.ApplyOutcome.Trouble;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One apply or undo from its wishes to its outcome, by whoever has the project's desk. */
final class Write {
    private final HostFolder.Opener opener;
    private final ProjectDesk desk;
    private final Path project;
    private final Wishes wishes;
    private final Preflight.Rules rules;

    /** What is to be known of an apply before it writes to the project. */
    @FunctionalInterface
    interface Beginning {
        void of(Journal journal, ApplyRecord record) throws IOException;
    }

    Write(
            HostFolder.Opener opener,
            ProjectDesk desk,
            Path project,
            Wishes wishes,
            Preflight.Rules rules) {
        this.opener = opener;
        this.desk = desk;
        this.project = project;
        this.wishes = wishes;
        this.rules = rules;
    }

    ApplyOutcome run(ApplyRequest.OnTrouble onTrouble, Instant now, Beginning beginning)
            throws IOException {
        try (var tree = new HostTree(opener.open(project))) {
            var outlook = Outlook.of(tree, wishes, rules);
            var conflicts = outlook.conflicts();
            var refused = outlook.refused();
            boolean trouble = !conflicts.isEmpty() || !refused.isEmpty();
            if (trouble
                    && (onTrouble == ApplyRequest.OnTrouble.WRITE_NOTHING
                            || outlook.ready().isEmpty())) {
                return new ApplyOutcome.Withheld(conflicts, refused);
            }
            if (outlook.ready().isEmpty()) {
                return new ApplyOutcome.NothingToDo();
            }
            var record = carryOut(tree, outlook.plan(), now, beginning);
            return new ApplyOutcome.Applied(outlook.ready(), record, conflicts, refused);
        } catch (ChangedMeanwhile raced) {
            var conflict = new Trouble(raced.path(), raced.reason());
            return new ApplyOutcome.Withheld(List.of(conflict), List.of());
        }
    }

    private ApplyRecord carryOut(
            HostTree tree, Planner.Planned planned, Instant now, Beginning beginning)
            throws IOException {
        checkRoom(planned.steps());
        var name = desk.newJournal(now);
        var plan = new Plan(project, wishes.session(), desk.staging(name), planned.steps());
        var record = new ApplyRecord(desk.journal(name));
        try (var journal = Journal.make(desk.folder(), name)) {
            beginning.of(journal, record);
            new Commit(tree, journal, plan, planned, wishes.contents()).run();
        } catch (IOException failure) {
            settleAfter(failure, name);
        }
        tidyUp(name);
        return record;
    }

    /** Better to say so now than to begin and take it back. */
    private void checkRoom(List<Step> steps) throws IOException {
        long old = steps.stream().mapToLong(step -> size(step.before())).sum();
        long now = steps.stream().mapToLong(step -> size(step.after())).sum();
        checkRoom(project, now);
        checkRoom(desk.folderPath(), old);
    }

    private static void checkRoom(Path folder, long needed) throws IOException {
        long there = Files.getFileStore(folder).getUsableSpace();
        if (there < needed) {
            throw ApplyException.noRoom(folder, needed, there);
        }
    }

    private static long size(Optional<Held> held) {
        return held.orElse(null) instanceof Held.File file ? file.size() : 0;
    }

    /** Does at once what the next start would do; returns only when all was done after all. */
    private void settleAfter(IOException failure, RelativePath journal) throws IOException {
        switch (settle(failure, journal)) {
            case Recovered.Ending.Done _ -> {}
            case Recovered.Ending.NotBegun _ -> throw failure;
            case Recovered.Ending.TakenBack _ -> {
                if (failure instanceof ChangedMeanwhile) {
                    throw failure;
                }
                throw ApplyException.takenBack(project, failure);
            }
            case Recovered.Ending.Lost _, Recovered.Ending.Postponed _ ->
                    throw ApplyException.unsettled(project, failure);
        }
    }

    private Recovered.Ending settle(IOException failure, RelativePath journal) {
        try {
            return new Recovery(opener, desk)
                    .settle(journal)
                    .map(Recovered::ending)
                    .orElse(new Recovered.Ending.NotBegun());
        } catch (IOException stuck) {
            failure.addSuppressed(stuck);
            throw ApplyException.unsettled(project, failure);
        }
    }

    /** What is left over is in nobody's way, and the next start tries again. */
    private void tidyUp(RelativePath journal) {
        try {
            new Recovery(opener, desk).settle(journal);
        } catch (IOException later) {
            return;
        }
    }
}
