package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.nio.file.Path;
import java.util.List;

/** An apply or undo that did not come to its end in its own process, and what became of it. */
public record Recovered(Action action, Path project, Path journal, Ending ending) {
    /** What had been begun; of what cannot be read, an apply is assumed. */
    public enum Action {
        APPLY,
        UNDO
    }

    /** What the project holds now. */
    public sealed interface Ending {
        /** Nothing had been moved: the project is as it was. */
        record NotBegun() implements Ending {}

        /**
         * The project is as it was before.
         *
         * @param leftAlone but for these, which somebody wrote to since: they keep what they hold,
         *     and what they held before is in the journal
         */
        record TakenBack(List<RelativePath> leftAlone) implements Ending {}

        /** All of it had been done; only our own folder was tidied away. */
        record Done() implements Ending {}

        /** Our folder in the project is gone, so nothing was changed. */
        record Lost() implements Ending {}

        /** It cannot be settled now, and will be tried again at the next start. */
        record Postponed(String reason) implements Ending {}
    }
}
