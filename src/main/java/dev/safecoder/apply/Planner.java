package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes steps of the wishes that are ready, once those that need each other are known to be. */
final class Planner {
    private final HostTree tree;
    private final Wishes.Folders folders;

    Planner(HostTree tree, Wishes.Folders folders) {
        this.tree = tree;
        this.folders = folders;
    }

    /**
     * Steps with what they were made for.
     *
     * @param seen what was at each step's path, in the order of the steps
     * @param merges how merged contents come to be, by the step's number
     */
    record Planned(
            List<Step> steps,
            List<Optional<HostEntry>> seen,
            Map<Integer, Standing.Merge> merges) {}

    /** Turns ready wishes into conflicts until every one left can really be done. */
    List<Judgement> settle(List<Judgement> judged) throws IOException {
        var settled = judged;
        while (true) {
            var next = withoutOrphans(withoutFullFolders(settled));
            if (next.equals(settled)) {
                return settled;
            }
            settled = next;
        }
    }

    private List<Judgement> withoutFullFolders(List<Judgement> judged) throws IOException {
        var emptied = emptied(judged);
        var next = new ArrayList<Judgement>();
        for (var one : judged) {
            next.add(
                    one.isReadyOnFolder() && !emptied.canBeFile(one.wish().path())
                            ? one.conflict("the host has a folder here that is not empty")
                            : one);
        }
        return next;
    }

    /** A wish falls with the other half of its rename, and with the file that had to go first. */
    private static List<Judgement> withoutOrphans(List<Judgement> judged) {
        var troubled = new HashSet<RelativePath>();
        var staying = new HashSet<RelativePath>();
        for (var one : judged) {
            if (one.isTrouble()) {
                troubled.add(one.wish().change());
                staying.add(one.wish().path());
            }
        }
        return judged.stream()
                .map(
                        one -> {
                            if (!one.isReady()) {
                                return one;
                            }
                            if (troubled.contains(one.wish().change())) {
                                return one.conflict("the other half of the rename cannot be done");
                            }
                            boolean blocked =
                                    one.wish().wanted().isPresent()
                                            && EmptiedFolders.above(one.wish().path())
                                                    .anyMatch(staying::contains);
                            return blocked
                                    ? one.conflict("what has to make room for it cannot go")
                                    : one;
                        })
                .toList();
    }

    private EmptiedFolders emptied(List<Judgement> judged) {
        Set<RelativePath> put =
                judged.stream()
                        .filter(one -> one.isReady() && !one.isReadyDeletion())
                        .map(one -> one.wish().path())
                        .collect(Collectors.toUnmodifiableSet());
        return new EmptiedFolders(tree, deleted(judged), put);
    }

    private static Set<RelativePath> deleted(List<Judgement> judged) {
        return judged.stream()
                .filter(Judgement::isReadyDeletion)
                .map(one -> one.wish().path())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The steps, in the order in which they can be done. */
    Planned plan(List<Judgement> settled) throws IOException {
        var steps = new StepList();
        for (var one : settled) {
            if (one.isReadyDeletion()) {
                steps.add(one);
            }
        }
        var emptied = emptied(settled);
        for (var one : settled) {
            if (one.isReadyOnFolder()) {
                emptied.canBeFile(one.wish().path());
            }
        }
        emptied.aboveDeleted(mayGo());
        for (var folder : emptied.deepestFirst()) {
            steps.removeFolder(folder.getKey(), folder.getValue());
        }
        for (var folder : missingFolders(settled).entrySet()) {
            steps.makeFolder(folder.getKey(), folder.getValue());
        }
        for (var one : settled) {
            if (one.isReady() && !one.isReadyDeletion()) {
                steps.add(one);
            }
        }
        return new Planned(steps.steps, steps.seen, steps.merges);
    }

    private Predicate<RelativePath> mayGo() {
        return switch (folders) {
            case Wishes.Folders.LikeGit _ -> _ -> true;
            case Wishes.Folders.Back(var made, _) -> made::contains;
        };
    }

    /** Folders that have to be made, outermost first, with the rights that they had once. */
    private Map<RelativePath, Optional<Rights>> missingFolders(List<Judgement> settled)
            throws IOException {
        var wanted = new TreeMap<RelativePath, Optional<Rights>>();
        for (var one : settled) {
            if (one.isReady() && !one.isReadyDeletion()) {
                EmptiedFolders.above(one.wish().path())
                        .forEach(folder -> wanted.put(folder, Optional.empty()));
            }
        }
        if (folders instanceof Wishes.Folders.Back(_, var removed)) {
            for (var folder : removed.keySet()) {
                EmptiedFolders.above(folder)
                        .forEach(above -> wanted.putIfAbsent(above, Optional.empty()));
            }
            removed.forEach((folder, rights) -> wanted.put(folder, Optional.of(rights)));
        }
        var deleted = deleted(settled);
        var missing = new TreeMap<RelativePath, Optional<Rights>>();
        for (var folder : wanted.entrySet()) {
            if (canBeMade(folder.getKey(), deleted)) {
                missing.put(folder.getKey(), folder.getValue());
            }
        }
        return missing;
    }

    /** Whether nothing is there, or a file that goes first. */
    private boolean canBeMade(RelativePath folder, Set<RelativePath> deleted) throws IOException {
        return deleted.contains(folder) || tree.look(folder).isEmpty();
    }

    private static final class StepList {
        private final List<Step> steps = new ArrayList<>();
        private final List<Optional<HostEntry>> seen = new ArrayList<>();
        private final Map<Integer, Standing.Merge> merges = new HashMap<>();

        void add(Judgement one) {
            if (one.standing()
                    instanceof Standing.Ready(var there, var before, var after, var merge)) {
                merge.ifPresent(how -> merges.put(steps.size(), how));
                steps.add(
                        new Step(
                                steps.size(),
                                one.wish().path(),
                                before,
                                after,
                                one.wish().goesTo(),
                                Optional.of(one.wish().session())));
                seen.add(before.isEmpty() ? Optional.empty() : there);
            }
        }

        void removeFolder(RelativePath folder, HostEntry there) {
            var before = new Held.Folder(Optional.of(there.rights()));
            addFolder(folder, Optional.of(before), Optional.empty());
            seen.add(Optional.of(there));
        }

        void makeFolder(RelativePath folder, Optional<Rights> rights) {
            addFolder(folder, Optional.empty(), Optional.of(new Held.Folder(rights)));
            seen.add(Optional.empty());
        }

        private void addFolder(RelativePath path, Optional<Held> before, Optional<Held> after) {
            steps.add(
                    new Step(
                            steps.size(), path, before, after, Optional.empty(), Optional.empty()));
        }
    }
}
