package dev.safecoder.apply;

import dev.safecoder.history.CommittedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes accepted changes to a project, and takes them back. Whatever happens in between, the
 * project holds all of it or nothing of it, at the latest after the next start; what somebody else
 * wrote meanwhile is never overwritten. For any thread; one project is written by one process at a
 * time.
 */
public final class Applier {
    private final Path stateFolder;
    private final InstantSource clock;
    private final Consumer<Recovered> listener;
    private final HostFolder.Opener opener;

    /**
     * @param stateFolder where journals are kept
     * @param listener hears of applies of other processes that had to be brought to an end first
     */
    public Applier(Path stateFolder, InstantSource clock, Consumer<Recovered> listener) {
        this(stateFolder, clock, listener, HostFolder::openBest);
    }

    Applier(
            Path stateFolder,
            InstantSource clock,
            Consumer<Recovered> listener,
            HostFolder.Opener opener) {
        this.stateFolder = stateFolder.toAbsolutePath();
        this.clock = clock;
        this.listener = listener;
        this.opener = opener;
    }

    /** Is told where an apply will be kept before it writes to the project. */
    @FunctionalInterface
    public interface Witness {
        void begins(ApplyRecord record) throws IOException;
    }

    /** The same without a witness. */
    public ApplyOutcome apply(ApplyRequest request) {
        return apply(request, _ -> {});
    }

    /**
     * Writes what was accepted, all of it or nothing unless the request says otherwise.
     *
     * @throws ApplyException when the disk refuses; the project is as it was, or will be after the
     *     next start
     */
    public ApplyOutcome apply(ApplyRequest request, Witness witness) {
        try {
            var project = request.project().toRealPath();
            var place = ProjectDesk.make(opener, stateFolder, project);
            return atDesk(place, desk -> apply(desk, project, request, witness));
        } catch (IOException cause) {
            throw ApplyException.cannotStart(request.project(), cause);
        }
    }

    private ApplyOutcome apply(
            ProjectDesk desk, Path project, ApplyRequest request, Witness witness)
            throws IOException {
        var log = SessionLog.read(opener, desk.folderPath(), request);
        var wishes = ChangeWishes.of(request, log);
        return new Write(opener, desk, project, wishes, rules(request, wishes))
                .run(request.onTrouble(), clock.instant(), (_, record) -> witness.begins(record));
    }

    private static Preflight.Rules rules(ApplyRequest request, Wishes wishes) {
        return new NameRules(NameRules.Host.here(), request.links(), wishes.links());
    }

    /** What {@link #apply} would do now; writes nothing anywhere. */
    public ApplyPreview preview(ApplyRequest request) {
        try {
            var project = request.project().toRealPath();
            var desk = ProjectDesk.path(stateFolder, project);
            var log =
                    Files.isDirectory(desk)
                            ? SessionLog.read(opener, desk, request)
                            : SessionLog.empty(request);
            var wishes = ChangeWishes.of(request, log);
            return Preview.of(opener, project, wishes, rules(request, wishes));
        } catch (IOException cause) {
            throw ApplyException.cannotStart(request.project(), cause);
        }
    }

    /**
     * What an apply would do if the project held just what a commit holds; nothing that the session
     * has written to the project counts. Reasons call the commit "the host", too.
     */
    public ApplyPreview preview(ApplyRequest request, CommittedTree committed) {
        try {
            var wishes = ChangeWishes.of(request, SessionLog.empty(request));
            HostFolder.Opener commit = _ -> new CommittedFolder(committed);
            return Preview.of(commit, request.project(), wishes, rules(request, wishes));
        } catch (IOException cause) {
            throw ApplyException.cannotStart(request.project(), cause);
        }
    }

    /**
     * Takes a finished apply back and forgets it. What the user edited since is merged; where that
     * cannot be, nothing is written. An undo can be undone in turn.
     *
     * @throws ApplyException when there is no such record, or the disk refuses
     */
    public ApplyOutcome undo(ApplyRecord record) {
        try {
            return atDesk(record.desk(), desk -> undo(desk, record));
        } catch (NoSuchFileException gone) {
            throw ApplyException.noRecord(record.journal(), gone);
        } catch (IOException cause) {
            throw ApplyException.notTakenBack(record.journal(), cause);
        }
    }

    private ApplyOutcome undo(ProjectDesk desk, ApplyRecord record) throws IOException {
        var opened = Journal.open(desk.folder(), record.name());
        if (opened.isEmpty()) {
            throw new NoSuchFileException(record.journal().toString());
        }
        try (var journal = opened.get()) {
            var plan = journal.plan();
            var wishes = UndoWishes.of(plan, journal);
            var outcome =
                    new Write(opener, desk, plan.project(), wishes, UndoWishes.RULES)
                            .run(
                                    ApplyRequest.OnTrouble.WRITE_NOTHING,
                                    clock.instant(),
                                    (beginning, _) -> beginning.takesBack(record.name()));
            if (outcome instanceof ApplyOutcome.NothingToDo) {
                Journal.remove(desk.folder(), record.name());
            }
            return outcome;
        }
    }

    /** Forgets a finished apply: it can no longer be taken back. */
    public void forget(ApplyRecord record) {
        try {
            atDesk(
                    record.desk(),
                    desk -> {
                        if (desk.folder().look(record.name()).isPresent()) {
                            Journal.remove(desk.folder(), record.name());
                        }
                        return new ApplyOutcome.NothingToDo();
                    });
        } catch (IOException cause) {
            throw ApplyException.noRecord(record.journal(), cause);
        }
    }

    /**
     * Forgets the finished applies that began before an instant and are none of these. What another
     * process is at work on is left to it.
     *
     * @throws ApplyException when the records cannot be read or deleted
     */
    public void forgetAllBut(Collection<ApplyRecord> known, Instant before) {
        var names = known.stream().map(ApplyRecord::nameInState).collect(Collectors.toSet());
        try {
            for (var place : ProjectDesk.all(opener, stateFolder)) {
                var opened = ProjectDesk.open(opener, place);
                if (opened.isPresent()) {
                    try (var desk = opened.get()) {
                        desk.forgetFinished(
                                name -> !names.contains(desk.record(name).nameInState()), before);
                    }
                }
            }
        } catch (IOException cause) {
            throw ApplyException.cannotRead(stateFolder, cause);
        }
    }

    /**
     * Brings every apply that did not come to its end to one: for the start of the program. What
     * another process is at work on is left to it.
     */
    public List<Recovered> recover() {
        var recovered = new ArrayList<Recovered>();
        try {
            for (var place : ProjectDesk.all(opener, stateFolder)) {
                var opened = ProjectDesk.open(opener, place);
                if (opened.isPresent()) {
                    try (var desk = opened.get()) {
                        recovered.addAll(new Recovery(opener, desk).all());
                    }
                }
            }
        } catch (IOException cause) {
            throw ApplyException.cannotRead(stateFolder, cause);
        }
        recovered.forEach(listener);
        return List.copyOf(recovered);
    }

    @FunctionalInterface
    private interface Work {
        ApplyOutcome run(ProjectDesk desk) throws IOException;
    }

    private ApplyOutcome atDesk(Path place, Work work) throws IOException {
        var opened = ProjectDesk.open(opener, place);
        if (opened.isEmpty()) {
            return new ApplyOutcome.Busy(ProjectDesk.holder(place));
        }
        try (var desk = opened.get()) {
            for (var recovered : new Recovery(opener, desk).all()) {
                if (recovered.ending() instanceof Recovered.Ending.Postponed(var reason)) {
                    throw ApplyException.stillUnsettled(recovered.project(), reason);
                }
                listener.accept(recovered);
            }
            return work.run(desk);
        }
    }
}
