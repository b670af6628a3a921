package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Where an apply is kept, once it is finished: what an undo needs. */
public record ApplyRecord(Path journal) {
    public ApplyRecord {
        if (!journal.isAbsolute()) {
            throw new IllegalArgumentException("'%s' is not absolute".formatted(journal));
        }
        if (journal.getParent() == null || journal.getFileName() == null) {
            throw new IllegalArgumentException("'%s' is no journal".formatted(journal));
        }
    }

    /** Whether it was done and has not been forgotten. */
    public boolean isKept() throws IOException {
        return Journal.isDone(journal);
    }

    /** The folder of all journals of its project. */
    Path desk() {
        return Objects.requireNonNull(journal.getParent());
    }

    /** The same however the state folder is written. */
    Path nameInState() {
        int names = journal.getNameCount();
        return journal.subpath(names - 2, names);
    }

    RelativePath name() {
        return RelativePath.of(Objects.requireNonNull(journal.getFileName()).toString());
    }
}
