package dev.safecoder.apply;

import static java.util.Comparator.comparing;

import dev.safecoder.path.RelativePath;
import dev.safecoder.text.TerminalEncoder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the host, writing nothing, and says for each wish whether it can be done. */
final class Preflight {
    private final HostTree tree;
    private final long mount;
    private final Wishes wishes;
    private final Rules rules;
    private final Set<RelativePath> deletions;

    /** What is forbidden whatever the host holds. */
    interface Rules {
        /** Why a wish is refused; empty when it is not. */
        Optional<String> refusal(Wish wish);

        /** Whether a symlink of the host may make room for a folder. */
        boolean folderMayReplaceLink();
    }

    Preflight(HostTree tree, Wishes wishes, Rules rules) throws IOException {
        this.tree = tree;
        this.mount = tree.root().look().mount();
        this.wishes = wishes;
        this.rules = rules;
        this.deletions = wishes.deletions();
    }

    /** Every wish, in the order of paths. */
    List<Judgement> judgeAll() throws IOException {
        var judged = new ArrayList<Judgement>();
        for (var wish : wishes.all().stream().sorted(comparing(Wish::path)).toList()) {
            judged.add(new Judgement(wish, judge(wish)));
        }
        return new NameClashes(tree).check(new FollowedRenames(tree, wishes).settle(judged));
    }

    private Standing judge(Wish wish) throws IOException {
        var refused = rules.refusal(wish);
        if (refused.isPresent()) {
            return new Standing.Refused(refused.get());
        }
        var through = linkOnTheWayToTarget(wish);
        if (through.isPresent()) {
            return new Standing.Refused(
                    "it is a symlink through '%s', which is one, too"
                            .formatted(said(through.get())));
        }
        return switch (tree.reach(wish.path())) {
            case HostTree.Reached.NoFolder _ -> nothingThere(wish);
            case HostTree.Reached.Blocked(var at, var by) -> blocked(wish, at, by);
            case HostTree.Reached.There(var place) -> {
                try (place) {
                    yield judge(wish, place);
                }
            }
        };
    }

    /** The host's symlink that the target of a new one leads through; it may lead anywhere. */
    private Optional<RelativePath> linkOnTheWayToTarget(Wish wish) throws IOException {
        if (!(wish.wanted().orElse(null) instanceof Held.Link link)) {
            return Optional.empty();
        }
        var target = NameRules.targetInProject(wish.path(), link);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        var below = target.get().resolve(RelativePath.of("x"));
        return tree.reach(below) instanceof HostTree.Reached.Blocked(var at, var by)
                        && by == HostEntry.Kind.LINK
                ? Optional.of(at)
                : Optional.empty();
    }

    private static String said(RelativePath path) {
        return TerminalEncoder.line(path.bytes());
    }

    private Standing blocked(Wish wish, RelativePath at, HostEntry.Kind by) {
        boolean goesFirst = deletions.contains(at);
        if (goesFirst && (by == HostEntry.Kind.FILE || rules.folderMayReplaceLink())) {
            return nothingThere(wish);
        }
        var what = by == HostEntry.Kind.LINK ? "a symlink" : "no folder";
        return new Standing.Conflict("'%s' is %s on the host".formatted(said(at), what));
    }

    private Standing judge(Wish wish, HostTree.Place place) throws IOException {
        if (place.folder().look().mount() != mount) {
            return new Standing.Refused("it lies on another file system than the project's root");
        }
        var seen = place.look();
        if (seen.isEmpty()) {
            return writable(place, nothingThere(wish));
        }
        if (wish.base().isEmpty()) {
            var other = NameClashes.otherName(place).map(name -> sibling(wish.path(), name));
            if (other.isPresent()) {
                return deletions.contains(other.get())
                        ? writable(place, nothingThere(wish))
                        : new Standing.Conflict(
                                "'%s' is the same file here".formatted(said(other.get())));
            }
        }
        try {
            return writable(place, somethingThere(wish, place, seen.get()));
        } catch (AccessDeniedException unreadable) {
            return new Standing.Refused("the host's file cannot be read");
        }
    }

    private static RelativePath sibling(RelativePath path, RelativePath name) {
        return path.parent().map(folder -> folder.resolve(name)).orElse(name);
    }

    private static Standing writable(HostTree.Place place, Standing standing) throws IOException {
        return standing instanceof Standing.Ready && !place.folder().isWritable()
                ? new Standing.Refused("its folder on the host cannot be written")
                : standing;
    }

    private Standing nothingThere(Wish wish) {
        if (wish.wanted().isEmpty()) {
            return new Standing.There();
        }
        var create =
                new Standing.Ready(
                        Optional.empty(), Optional.empty(), wish.wanted(), Optional.empty());
        if (wish.base().isEmpty()) {
            return create;
        }
        return switch (wishes.resolution(wish).orElse(Resolution.MARK_CONFLICTS)) {
            case KEEP_HOST -> new Standing.There();
            case TAKE_SESSION -> create;
            case MARK_CONFLICTS -> new Standing.Conflict("it was deleted on the host");
        };
    }

    private Standing somethingThere(Wish wish, HostTree.Place place, HostEntry seen)
            throws IOException {
        if (seen.isFolder()) {
            // the plan says whether everything in it goes
            return wish.base().isEmpty() && wish.wanted().isPresent()
                    ? new Standing.Ready(
                            Optional.of(seen), Optional.empty(), wish.wanted(), Optional.empty())
                    : new Standing.Conflict("the host has a folder here");
        }
        if (seen.kind() == HostEntry.Kind.OTHER) {
            return new Standing.Conflict("the host has a device, pipe or socket here");
        }
        return Encounter.of(wish, place, seen, wishes);
    }
}
