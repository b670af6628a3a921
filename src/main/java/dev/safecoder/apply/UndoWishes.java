package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a finished apply into the wishes that take it back. */
final class UndoWishes {
    /** What was there before may be there again, whatever it is. */
    static final Preflight.Rules RULES =
            new Preflight.Rules() {
                @Override
                public Optional<String> refusal(Wish wish) {
                    return Optional.empty();
                }

                @Override
                public boolean folderMayReplaceLink() {
                    return true;
                }
            };

    private UndoWishes() {}

    static Wishes of(Plan plan, Journal journal) throws IOException {
        var wishes = new ArrayList<Wish>();
        var made = new HashSet<RelativePath>();
        var removed = new HashMap<RelativePath, Rights>();
        var renames = renamesBack(plan);
        for (var step : plan.steps()) {
            if (step.after().orElse(null) instanceof Held.Folder) {
                made.add(step.path());
            } else if (step.before().orElse(null) instanceof Held.Folder(var rights)) {
                removed.put(step.path(), rights.orElseThrow());
            } else {
                wishes.add(
                        new Wish(
                                step.path(),
                                step.path(),
                                withoutRights(step.after()),
                                step.before(),
                                Optional.ofNullable(renames.get(step.path())),
                                side(step).reversed()));
            }
        }
        return new Wishes(
                plan.session(),
                wishes,
                new Wishes.Contents(journal.contents(), Set.of()),
                Map.of(),
                Map.of(),
                new Wishes.Folders.Back(made, removed));
    }

    /** Back from the new name to the old, by either name. */
    private static Map<RelativePath, Rename> renamesBack(Plan plan) {
        var paths = plan.steps().stream().map(Step::path).collect(Collectors.toSet());
        var renames = new HashMap<RelativePath, Rename>();
        for (var step : plan.steps()) {
            step.goesTo()
                    .filter(paths::contains)
                    .map(to -> new Rename(to, step.path()))
                    .ifPresent(
                            back -> {
                                renames.put(back.from(), back);
                                renames.put(back.to(), back);
                            });
        }
        return renames;
    }

    private static SessionSide side(Step step) {
        return step.session().orElseGet(() -> new SessionSide(step.before(), step.after()));
    }

    /** What the apply put there counts as unchanged whatever its permissions are now. */
    private static Optional<Held> withoutRights(Optional<Held> held) {
        return held.map(
                one ->
                        one instanceof Held.File(var blob, long size, boolean executable, _)
                                ? new Held.File(blob, size, executable, Optional.empty())
                                : one);
    }
}
