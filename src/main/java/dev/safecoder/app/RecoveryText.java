package dev.safecoder.app;

import dev.safecoder.apply.Recovered;
import dev.safecoder.apply.Recovered.Ending;

/** What a person is told of an apply or an undo that was cut off. */
final class RecoveryText {
    private RecoveryText() {}

    static String of(Recovered recovered) {
        return switch (recovered.action()) {
            case APPLY -> told("apply to", "holds what was accepted", recovered);
            case UNDO -> told("undo in", "is as it was before the apply", recovered);
        };
    }

    private static String told(String action, String done, Recovered recovered) {
        return "An %s %s that was cut off %s"
                .formatted(action, recovered.project(), said(recovered, done));
    }

    private static String said(Recovered recovered, String done) {
        return switch (recovered.ending()) {
            case Ending.NotBegun _ -> "had not begun; the project is as it was";
            case Ending.TakenBack(var leftAlone) ->
                    "was taken back; the project is as it was"
                            + (leftAlone.isEmpty()
                                    ? ""
                                    : ", but for %s: what was there before is in %s"
                                            .formatted(leftAlone, recovered.journal()));
            case Ending.Done _ -> "had been done; the project " + done;
            case Ending.Lost _ ->
                    "cannot be settled: its folder in the project is gone; what was there before is"
                            + " in "
                            + recovered.journal();
            case Ending.Postponed(var reason) -> "waits for the next start: " + reason;
        };
    }
}
