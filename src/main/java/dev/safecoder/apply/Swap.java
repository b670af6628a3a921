package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Does a plan's steps, and takes them back. What a step removes from the project is never deleted
 * here: it lies in its slot, so whatever somebody else wrote at the last moment can be put back.
 */
final class Swap {
    private final HostTree tree;
    private final HostFolder slots;

    Swap(HostTree tree, HostFolder slots) {
        this.tree = tree;
        this.slots = slots;
    }

    /**
     * Does a step.
     *
     * @param seen what the plan was made for; empty when nothing was there
     * @throws ChangedMeanwhile when the path does not hold that any more; the step may be done then
     */
    void forward(Step step, Optional<HostEntry> seen) throws IOException {
        try (var place = tree.at(step.path())) {
            if (!isStill(seen, place.look())) {
                throw new ChangedMeanwhile(step.path(), "it changed on the host meanwhile");
            }
            exchange(step, place);
        } catch (FileAlreadyExistsException | NoSuchFileException | NotDirectoryException moved) {
            throw new ChangedMeanwhile(step.path(), "it changed on the host meanwhile");
        }
        // a write between the look and the exchange is in the slot now
        if (step.before().isPresent() && !isStill(seen, slots.look(step.slot()))) {
            throw new ChangedMeanwhile(step.path(), "it changed on the host meanwhile");
        }
        if (step.kind() == Step.Kind.DELETE && step.isOfFolder() && !isEmpty(step.slot())) {
            throw new ChangedMeanwhile(step.path(), "something was put into it meanwhile");
        }
    }

    private static boolean isStill(Optional<HostEntry> seen, Optional<HostEntry> now) {
        return seen.isPresent() == now.isPresent()
                && (seen.isEmpty() || seen.get().isStill(now.get()));
    }

    private boolean isEmpty(RelativePath slot) throws IOException {
        try (var folder = slots.open(slot)) {
            return folder.names().isEmpty();
        }
    }

    private void exchange(Step step, HostTree.Place place) throws IOException {
        switch (step.kind()) {
            case CREATE -> putIn(step, place);
            case DELETE -> takeOut(step, place);
            case REPLACE -> replace(step, place);
        }
    }

    private void exchangeBack(Step step, HostTree.Place place) throws IOException {
        switch (step.kind()) {
            case CREATE -> takeOut(step, place);
            case DELETE -> putIn(step, place);
            case REPLACE -> replace(step, place);
        }
    }

    private void putIn(Step step, HostTree.Place place) throws IOException {
        slots.move(step.slot(), place.folder(), place.name());
    }

    private void takeOut(Step step, HostTree.Place place) throws IOException {
        place.folder().move(place.name(), slots, step.slot());
    }

    private void replace(Step step, HostTree.Place place) throws IOException {
        if (!place.folder().exchange(place.name(), slots, step.slot())) {
            place.folder().move(place.name(), slots, step.aside());
            slots.move(step.slot(), place.folder(), place.name());
            slots.move(step.aside(), slots, step.slot());
        }
    }

    /**
     * Takes back, last first, whatever is done of the steps.
     *
     * @return the paths that somebody else wrote to since, which are left as they are
     */
    List<RelativePath> back(List<Step> steps) throws IOException {
        var leftAlone = new ArrayList<RelativePath>();
        for (var step : steps.reversed()) {
            if (!back(step)) {
                leftAlone.add(step.path());
            }
        }
        return leftAlone;
    }

    private boolean back(Step step) throws IOException {
        if (!mendHalfReplaced(step)) {
            return false;
        }
        if (!isDone(step)) {
            return true;
        }
        if (!(tree.reach(step.path()) instanceof HostTree.Reached.There(var place))) {
            return step.kind() == Step.Kind.CREATE; // gone with its folder
        }
        try (place) {
            var now = place.look();
            if (now.isEmpty() && step.kind() == Step.Kind.CREATE) {
                return true;
            }
            if (!holdsWhatWasPut(step, place)) {
                return step.isOfFolder() && now.isPresent() && now.get().isFolder();
            }
            if (step.isOfFolder() && step.kind() == Step.Kind.CREATE) {
                return deleteEmpty(place);
            }
            exchangeBack(step, place);
            if (step.after().isEmpty() || isStill(now, slots.look(step.slot()))) {
                return true;
            }
            exchange(step, place);
            return false;
        }
    }

    private static boolean deleteEmpty(HostTree.Place place) throws IOException {
        try {
            place.folder().deleteFolder(place.name());
            return true;
        } catch (DirectoryNotEmptyException somebodyUsesIt) {
            return false;
        }
    }

    /** A replacement that took three renames may have stopped between them. */
    private boolean mendHalfReplaced(Step step) throws IOException {
        if (step.kind() != Step.Kind.REPLACE || slots.look(step.aside()).isEmpty()) {
            return true;
        }
        if (slots.look(step.slot()).isEmpty()) {
            slots.move(step.aside(), slots, step.slot());
            return true;
        }
        if (!(tree.reach(step.path()) instanceof HostTree.Reached.There(var place))) {
            return false;
        }
        try (place) {
            if (place.look().isPresent()) {
                return false;
            }
            slots.move(step.aside(), place.folder(), place.name());
            return true;
        }
    }

    private boolean isDone(Step step) throws IOException {
        return switch (step.kind()) {
            case CREATE -> slots.look(step.slot()).isEmpty();
            case DELETE -> slots.look(step.slot()).isPresent();
            case REPLACE ->
                    !HostTree.holds(
                            slots, step.slot(), step.after().orElseThrow(), step.isOfBitOnly());
        };
    }

    private static boolean holdsWhatWasPut(Step step, HostTree.Place place) throws IOException {
        return step.after().isEmpty()
                ? place.look().isEmpty()
                : HostTree.holds(
                        place.folder(), place.name(), step.after().get(), step.isOfBitOnly());
    }

    /** Returns when every step will survive a loss of power. */
    void sync(List<Step> steps) throws IOException {
        var folders = new TreeSet<RelativePath>();
        for (var step : steps) {
            step.path().parent().ifPresent(folders::add);
        }
        for (var folder : folders) {
            if (tree.reach(folder) instanceof HostTree.Reached.There(var place)) {
                try (place) {
                    var seen = place.look();
                    if (seen.isPresent() && seen.get().isFolder()) {
                        try (var open = place.folder().open(place.name())) {
                            open.sync();
                        }
                    }
                }
            }
        }
        tree.root().sync();
        slots.sync();
    }
}
