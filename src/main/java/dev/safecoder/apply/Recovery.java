package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Brings an apply that did not come to its end back to one: what was begun is taken back, what was
 * done is tidied up. Doing it again does nothing, and it may itself be interrupted anywhere.
 */
final class Recovery {
    private final HostFolder.Opener opener;
    private final ProjectDesk desk;

    Recovery(HostFolder.Opener opener, ProjectDesk desk) {
        this.opener = opener;
        this.desk = desk;
    }

    /** Settles every journal of the project that needs it. */
    List<Recovered> all() throws IOException {
        var recovered = new ArrayList<Recovered>();
        for (var name : desk.journals()) {
            settleOrPostpone(name).ifPresent(recovered::add);
        }
        return recovered;
    }

    /** One project that is not there now must not stand in the way of the others. */
    private Optional<Recovered> settleOrPostpone(RelativePath name) throws IOException {
        try {
            return settle(name);
        } catch (IOException obstacle) {
            var ending = new Recovered.Ending.Postponed(ApplyException.said(obstacle));
            return Optional.of(postponed(name, ending));
        }
    }

    /** Of one that waits; the journal stands in for a project that it cannot name. */
    private Recovered postponed(RelativePath name, Recovered.Ending ending) {
        try (var journal = Journal.open(desk.folder(), name).orElseThrow()) {
            return new Recovered(
                    action(journal), journal.plan().project(), desk.journal(name), ending);
        } catch (IOException | NoSuchElementException unreadable) {
            var journal = desk.journal(name);
            return new Recovered(Recovered.Action.APPLY, journal, journal, ending);
        }
    }

    private static Recovered.Action action(Journal journal) throws IOException {
        return journal.takenBack().isPresent() ? Recovered.Action.UNDO : Recovered.Action.APPLY;
    }

    /** Settles one journal; empty when there was nothing to settle. */
    Optional<Recovered> settle(RelativePath name) throws IOException {
        if (desk.folder().look(name).isEmpty()) {
            return Optional.empty();
        }
        var opened = Journal.open(desk.folder(), name);
        if (opened.isEmpty()) {
            Journal.remove(desk.folder(), name); // nothing was written to the project
            return Optional.empty();
        }
        try (var journal = opened.get()) {
            var state = journal.state();
            return state.isFinal() ? Optional.empty() : Optional.of(settle(name, journal, state));
        }
    }

    private Recovered settle(RelativePath name, Journal journal, Journal.State state)
            throws IOException {
        var plan = journal.plan();
        try (var tree = new HostTree(opener.open(plan.project()))) {
            var action = action(journal);
            var ending = settle(name, journal, state, plan, tree);
            return new Recovered(action, plan.project(), desk.journal(name), ending);
        }
    }

    private Recovered.Ending settle(
            RelativePath name, Journal journal, Journal.State state, Plan plan, HostTree tree)
            throws IOException {
        var staging = Staging.find(tree.root(), plan.staging());
        if (staging.isEmpty() && state == Journal.State.COMMITTED) {
            journal.enter(Journal.State.ABANDONED);
            return new Recovered.Ending.Lost();
        }
        var leftAlone = List.<RelativePath>of();
        if (staging.isPresent()) {
            try (var slots = staging.get()) {
                if (state == Journal.State.COMMITTED) {
                    leftAlone = takeBack(plan, journal, tree, slots);
                }
                slots.remove(tree.root(), plan.staging());
            }
        }
        switch (journal.state()) {
            case DONE -> {
                forget(journal.takenBack());
                journal.enter(Journal.State.FINISHED);
            }
            case TAKEN_BACK -> journal.enter(Journal.State.ABANDONED);
            case PREPARED, COMMITTED, FINISHED, ABANDONED -> Journal.remove(desk.folder(), name);
        }
        return switch (state) {
            case PREPARED -> new Recovered.Ending.NotBegun();
            case COMMITTED, TAKEN_BACK -> new Recovered.Ending.TakenBack(leftAlone);
            case DONE, FINISHED, ABANDONED -> new Recovered.Ending.Done();
        };
    }

    private void forget(Optional<RelativePath> undone) throws IOException {
        if (undone.isPresent() && desk.folder().look(undone.get()).isPresent()) {
            Journal.remove(desk.folder(), undone.get());
        }
    }

    private static List<RelativePath> takeBack(
            Plan plan, Journal journal, HostTree tree, Staging slots) throws IOException {
        var swap = new Swap(tree, slots.folder());
        var leftAlone = swap.back(plan.steps());
        swap.sync(plan.steps());
        // with something left alone the journal is kept: it has what was there before
        journal.enter(leftAlone.isEmpty() ? Journal.State.PREPARED : Journal.State.TAKEN_BACK);
        return leftAlone;
    }
}
