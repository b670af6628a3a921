package dev.safecoder.apply;

import java.io.IOException;
import java.util.Optional;

/** A wish meets a file or a link of the host. */
final class Encounter {
    static final String BOTH_CHANGED =
            "both the host and the session changed it, in the same place";

    static final String CHANGED_TOO = "it was changed on the host, too";

    private final Wish wish;
    private final HostTree.Place place;
    private final HostEntry seen;
    private final Held held;
    private final Wishes wishes;

    private Encounter(Wish wish, HostTree.Place place, HostEntry seen, Held held, Wishes wishes) {
        this.wish = wish;
        this.place = place;
        this.seen = seen;
        this.held = held;
        this.wishes = wishes;
    }

    static Standing of(Wish wish, HostTree.Place place, HostEntry seen, Wishes wishes)
            throws IOException {
        var held = held(place, seen);
        return held.isEmpty()
                ? new Standing.Conflict("it changed on the host while it was read")
                : new Encounter(wish, place, seen, held.get(), wishes).resolved();
    }

    /** What the host holds, with its content's id; empty when it changed while it was read. */
    private static Optional<Held> held(HostTree.Place place, HostEntry seen) throws IOException {
        if (seen.kind() == HostEntry.Kind.LINK) {
            return Optional.of(Held.Link.of(place.folder().target(place.name())));
        }
        return HostTree.blob(place.folder(), place.name(), seen)
                .map(
                        id ->
                                new Held.File(
                                        id,
                                        seen.size(),
                                        seen.isExecutable(),
                                        Optional.of(seen.rights())));
    }

    private Standing resolved() throws IOException {
        var standing = standing();
        var resolution = wishes.resolution(wish);
        if (resolution.isEmpty()
                || standing instanceof Standing.Refused
                || standing instanceof Standing.Follows
                || isUntouched()) {
            return standing;
        }
        return switch (resolution.get()) {
            // of a rename both names keep what they hold, and only one of them is known here
            case KEEP_HOST -> wish.rename().isPresent() ? standing : new Standing.There();
            case TAKE_SESSION -> takeSession();
            case MARK_CONFLICTS ->
                    standing instanceof Standing.Conflict ? marked().orElse(standing) : standing;
        };
    }

    /** Whether the user did nothing to it, so that there is nothing to settle. */
    private boolean isUntouched() {
        return wish.base().isPresent() && isSame(held, wish.base().get());
    }

    private Standing takeSession() {
        return wish.wanted().isPresent() && isSame(held, wish.wanted().get())
                ? new Standing.There()
                : ready(wish.wanted(), Optional.empty());
    }

    private Standing standing() throws IOException {
        if (wish.wanted().isPresent() && isSame(held, wish.wanted().get())) {
            return new Standing.There();
        }
        if (seen.kind() == HostEntry.Kind.FILE && seen.hasSpecialBits()) {
            return new Standing.Refused("the host's file is set-id or sticky");
        }
        var unknown = Optional.ofNullable(wishes.unknown().get(wish.path()));
        if (unknown.isPresent()) {
            return new Standing.Conflict(unknown.get());
        }
        if (wish.base().isEmpty()) {
            return new Standing.Conflict("the host has something else here");
        }
        return isSame(held, wish.base().get()) ? ready(wish.wanted(), Optional.empty()) : merged();
    }

    private static boolean isSame(Held one, Held other) {
        return one instanceof Held.File a && other instanceof Held.File b
                ? a.blob().equals(b.blob()) && a.executable() == b.executable()
                : one.equals(other);
    }

    private Standing merged() throws IOException {
        if (wish.goesTo().isPresent()
                && wish.base().orElse(null) instanceof Held.File
                && held instanceof Held.File host) {
            return new Standing.Follows(seen, host);
        }
        if (!(wish.base().orElseThrow() instanceof Held.File base)
                || !(held instanceof Held.File host)
                || !(wish.wanted().orElse(null) instanceof Held.File wanted)) {
            return new Standing.Conflict(CHANGED_TOO);
        }
        var merged = new ThreeWay(wishes.blobs()).merge(base, host, wanted, place::text);
        if (merged.isEmpty()) {
            return new Standing.Conflict(BOTH_CHANGED);
        }
        var result = merged.get();
        if (isSame(host, result)) {
            return new Standing.There();
        }
        return ready(Optional.of(result), Standing.Merge.of(base, host, wanted, result));
    }

    private Optional<Standing> marked() throws IOException {
        if (!(wish.base().orElse(null) instanceof Held.File base)
                || !(held instanceof Held.File host)
                || !(wish.wanted().orElse(null) instanceof Held.File wanted)) {
            return Optional.empty();
        }
        var merge = new Standing.Merge(base.blob(), host.blob(), wanted.blob(), true);
        return new ThreeWay(wishes.blobs())
                .mark(base, host, wanted, place::text)
                .map(result -> ready(Optional.of(result), Optional.of(merge)));
    }

    private Standing ready(Optional<? extends Held> wanted, Optional<Standing.Merge> merge) {
        return new Standing.Ready(
                Optional.of(seen), Optional.of(held), wanted.map(this::withHostsRights), merge);
    }

    private Held withHostsRights(Held wanted) {
        return wanted instanceof Held.File file && held instanceof Held.File
                ? file.keepingRights(seen)
                : wanted;
    }
}
