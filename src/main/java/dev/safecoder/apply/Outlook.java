package dev.safecoder.apply;

import dev.safecoder.apply.ApplyOutcome.Trouble;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All wishes of one apply with their standings, once those that need each other are settled. */
record Outlook(List<Judgement> judged, Planner planner) {
    static Outlook of(HostTree tree, Wishes wishes, Preflight.Rules rules) throws IOException {
        var planner = new Planner(tree, wishes.folders());
        return new Outlook(planner.settle(new Preflight(tree, wishes, rules).judgeAll()), planner);
    }

    Planner.Planned plan() throws IOException {
        return planner.plan(judged);
    }

    /** One for each change, whichever half of it is in the way. */
    List<Trouble> conflicts() {
        return troubles(Outlook::conflict);
    }

    List<Trouble> refused() {
        return troubles(Outlook::refusal);
    }

    /** The changes that can be written. */
    List<RelativePath> ready() {
        return judged.stream()
                .filter(Judgement::isReady)
                .map(one -> one.wish().change())
                .distinct()
                .sorted()
                .toList();
    }

    private List<Trouble> troubles(Function<Standing, Optional<String>> reason) {
        var troubles = new TreeMap<RelativePath, Trouble>();
        for (var one : judged) {
            var path = one.wish().change();
            reason.apply(one.standing())
                    .ifPresent(why -> troubles.putIfAbsent(path, new Trouble(path, why)));
        }
        return List.copyOf(troubles.values());
    }

    private static Optional<String> conflict(Standing standing) {
        return standing instanceof Standing.Conflict(var reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private static Optional<String> refusal(Standing standing) {
        return standing instanceof Standing.Refused(var reason)
                ? Optional.of(reason)
                : Optional.empty();
    }
}
