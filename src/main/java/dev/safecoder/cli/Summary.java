package dev.safecoder.cli;

import dev.safecoder.app.ChangeReport;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.DeliveryResult.Obstacle;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.session.SessionRecord;
import java.util.List;
import java.util.Optional;

/** Tells a person what a session changed and what became of it. */
final class Summary {
    private static final int MOST_LINES = 40;
    private static final int SHORT_ID = 12;

    private final Console console;
    private final SessionRecord record;

    Summary(Console console, SessionRecord record) {
        this.console = console;
        this.record = record;
    }

    void tell(List<ChangeReport> changes) {
        if (changes.isEmpty() && record.refusals().isEmpty()) {
            console.say("Nothing changed.");
            return;
        }
        console.say(Tone.STRONG, counted(changes.size(), "changed file") + ":");
        changes.stream().limit(MOST_LINES).forEach(this::tell);
        if (changes.size() > MOST_LINES) {
            console.say("  … and %d more".formatted(changes.size() - MOST_LINES));
        }
        for (var refusal : record.refusals().stream().limit(MOST_LINES).toList()) {
            console.say(
                    Tone.WARNING,
                    "  refused       %s: %s"
                            .formatted(PathText.shown(refusal.path()), refusal.reason()));
        }
    }

    private void tell(ChangeReport one) {
        var change = one.change();
        console.say(
                one.flags().isEmpty() ? Tone.PLAIN : Tone.WARNING,
                "  %-13s %s%s  +%d -%d%s"
                        .formatted(
                                change.kind().words(),
                                change.from()
                                        .map(from -> PathText.shown(from.bytes()) + " → ")
                                        .orElse(""),
                                PathText.shown(change.path().bytes()),
                                change.lines().added(),
                                change.lines().deleted(),
                                one.flags().isEmpty()
                                        ? ""
                                        : "  [%s: %s]"
                                                .formatted(
                                                        String.join(", ", one.flags()),
                                                        String.join("; ", one.reasons()))));
    }

    void tell(DeliveryResult result) {
        switch (result.status()) {
            case APPLIED -> {
                console.say(
                        Tone.GOOD,
                        "Applied %s to %s (take it back with `safe-coder undo %s`)"
                                .formatted(
                                        counted(result.applied().size(), "file"),
                                        record.project(),
                                        record.id()));
                tell("left out", result.refused());
            }
            case NOTHING -> {} // said already: nothing changed
            case NOT_REQUESTED ->
                    console.say(
                            "The project is untouched. See `safe-coder diff %1$s`, then `safe-coder apply %1$s`."
                                    .formatted(record.id()));
            case CONFLICTS, REFUSED -> {
                console.say(Tone.BAD, "Nothing was applied; the project is untouched:");
                tell("conflict", result.conflicts());
                tell("refused", result.refused());
            }
        }
    }

    /** The same when it was to become a commit; HEAD's commit stands for the host then. */
    void tellCommitted(DeliveryResult result, String branch, Optional<String> commit) {
        if (commit.isPresent()) {
            console.say(
                    Tone.GOOD,
                    "Committed %s on branch '%s' of %s as %s (see it with `git show %s`)"
                            .formatted(
                                    counted(result.applied().size(), "file"),
                                    branch,
                                    record.project(),
                                    commit.get().substring(0, SHORT_ID),
                                    branch));
            tell("left out", result.refused());
        } else {
            console.say(Tone.BAD, "No commit was made; compared with HEAD as the host:");
            tell("conflict", result.conflicts());
            tell("refused", result.refused());
        }
    }

    /** The same after a dry run. */
    void tellPlanned(DeliveryResult result) {
        switch (result.status()) {
            case APPLIED -> {
                console.say("Would apply %s:".formatted(counted(result.applied().size(), "file")));
                result.applied().stream()
                        .limit(MOST_LINES)
                        .forEach(path -> console.say("  " + PathText.shown(path.bytes())));
                tell("left out", result.refused());
            }
            case NOTHING, NOT_REQUESTED, CONFLICTS, REFUSED -> tell(result);
        }
    }

    void tellUndone(DeliveryResult result) {
        switch (result.status()) {
            case APPLIED ->
                    console.say(
                            Tone.GOOD,
                            "Took back %s in %s"
                                    .formatted(
                                            counted(result.applied().size(), "file"),
                                            record.project()));
            case NOTHING, NOT_REQUESTED -> console.say("Nothing of this session was applied.");
            case CONFLICTS, REFUSED -> {
                console.say(Tone.BAD, "Nothing was taken back:");
                tell("conflict", result.conflicts());
                tell("refused", result.refused());
            }
        }
    }

    private void tell(String what, List<Obstacle> obstacles) {
        for (var obstacle : obstacles.stream().limit(MOST_LINES).toList()) {
            console.say(
                    Tone.WARNING,
                    "  %-9s %s: %s"
                            .formatted(what, PathText.shown(obstacle.path()), obstacle.reason()));
        }
        if (obstacles.size() > MOST_LINES) {
            console.say("  … and %d more".formatted(obstacles.size() - MOST_LINES));
        }
    }

    static String counted(int count, String thing) {
        return "%d %s%s".formatted(count, thing, count == 1 ? "" : "s");
    }
}
