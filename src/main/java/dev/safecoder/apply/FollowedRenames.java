package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import dev.safecoder.text.TerminalEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings the two names of each rename together: what the host did to the file under the old one
 * goes along to the new one, its content merged and its permissions kept.
 */
final class FollowedRenames {
    private final HostTree tree;
    private final Wishes wishes;

    FollowedRenames(HostTree tree, Wishes wishes) {
        this.tree = tree;
        this.wishes = wishes;
    }

    /** What stands at the old name and at the new. */
    private record Both(Judgement gone, Judgement come) {
        boolean isInConflict() {
            return gone.standing() instanceof Standing.Follows
                    || gone.standing() instanceof Standing.Conflict
                    || come.standing() instanceof Standing.Conflict;
        }

        Both as(Standing standing) {
            return new Both(gone.as(standing), come.as(standing));
        }
    }

    /** The content under the new name, and how it comes to be when it is neither side's own. */
    private record Content(Held.File file, Optional<Standing.Merge> merge) {}

    /** The same in the order of paths, with no {@link Standing.Follows} left. */
    List<Judgement> settle(List<Judgement> judged) throws IOException {
        var settled = new TreeMap<RelativePath, Judgement>();
        judged.forEach(one -> settled.put(one.wish().path(), one));
        for (var gone : judged) {
            var come = gone.wish().goesTo().map(settled::get);
            if (come.isPresent()) {
                var both = settle(new Both(gone, come.get()));
                settled.put(gone.wish().path(), both.gone());
                settled.put(come.get().wish().path(), both.come());
            }
        }
        return List.copyOf(settled.values());
    }

    private Both settle(Both both) throws IOException {
        if (both.isInConflict() && isResolved(both, Resolution.KEEP_HOST)) {
            return both.as(new Standing.There());
        }
        if (!(both.come().standing() instanceof Standing.Ready ready
                && ready.after().orElse(null) instanceof Held.File wanted)) {
            return both.gone().standing() instanceof Standing.Follows
                    ? new Both(both.gone().conflict(Encounter.CHANGED_TOO), both.come())
                    : both;
        }
        return switch (both.gone().standing()) {
            case Standing.Follows(var seen, var host) -> {
                var deletion = deletion(seen, host);
                var content = content(both, host, wanted);
                yield content.isEmpty()
                        ? conflict(both)
                        : new Both(
                                both.gone().as(deletion),
                                writing(both.come(), ready, content.get(), seen));
            }
            case Standing.Ready(var seen, _, _, _) when seen.isPresent() ->
                    new Both(
                            both.gone(),
                            writing(
                                    both.come(),
                                    ready,
                                    new Content(wanted, ready.merge()),
                                    seen.get()));
            case Standing.Ready _, Standing.There _, Standing.Conflict _, Standing.Refused _ ->
                    both;
        };
    }

    private boolean isResolved(Both both, Resolution how) {
        return wishes.resolution(both.come().wish()).equals(Optional.of(how));
    }

    /** Empty when the two sides cannot be brought together. */
    private Optional<Content> content(Both both, Held.File host, Held.File wanted)
            throws IOException {
        if (isResolved(both, Resolution.TAKE_SESSION)) {
            return Optional.of(new Content(wanted, Optional.empty()));
        }
        var base = (Held.File) both.gone().wish().base().orElseThrow();
        var threeWay = new ThreeWay(wishes.blobs());
        ThreeWay.HostText hostText = () -> hostText(both.gone().wish().path());
        var merged = threeWay.merge(base, host, wanted, hostText);
        if (merged.isPresent()) {
            var merge = Standing.Merge.of(base, host, wanted, merged.get());
            return Optional.of(new Content(merged.get(), merge));
        }
        if (!isResolved(both, Resolution.MARK_CONFLICTS)) {
            return Optional.empty();
        }
        var marks = new Standing.Merge(base.blob(), host.blob(), wanted.blob(), true);
        return threeWay.mark(base, host, wanted, hostText)
                .map(marked -> new Content(marked, Optional.of(marks)));
    }

    private byte[] hostText(RelativePath path) throws IOException {
        try (var place = tree.at(path)) {
            return place.text();
        }
    }

    private static Standing deletion(HostEntry seen, Held.File host) {
        return new Standing.Ready(
                Optional.of(seen), Optional.of(host), Optional.empty(), Optional.empty());
    }

    private static Judgement writing(
            Judgement come, Standing.Ready ready, Content content, HostEntry gone) {
        return come.as(
                new Standing.Ready(
                        ready.seen(),
                        ready.before(),
                        Optional.of(content.file().keepingRights(gone)),
                        content.merge()));
    }

    private static Both conflict(Both both) {
        var reason =
                "it is renamed from '%s' to '%s', and %s"
                        .formatted(said(both.gone()), said(both.come()), Encounter.BOTH_CHANGED);
        return new Both(both.gone().conflict(reason), both.come().conflict(reason));
    }

    private static String said(Judgement one) {
        return TerminalEncoder.line(one.wish().path().bytes());
    }
}
