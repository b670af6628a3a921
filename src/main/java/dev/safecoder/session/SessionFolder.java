package dev.safecoder.session;

import java.nio.file.Path;
import java.util.List;

/** Where the parts of one session lie on disk; all of them in one private folder. */
public record SessionFolder(SessionId id, Path folder) {
    private static final String CONVERSATION = "conversation.jsonl";
    private static final String HISTORY = "history.git";
    private static final String REVIEW = "review.json";
    private static final String APPLIED = "applied.json";

    /** What a fork takes along. */
    List<String> forkedParts() {
        return List.of(CONVERSATION, HISTORY, REVIEW, APPLIED);
    }

    /** Metadata, as JSON. */
    Path record() {
        return folder.resolve("session.json");
    }

    /** The conversation. */
    public Transcript transcript() {
        return new Transcript(folder.resolve(CONVERSATION));
    }

    /** The bare git repository. */
    public Path history() {
        return folder.resolve(HISTORY);
    }

    /** The verdicts of a review. */
    public Path review() {
        return folder.resolve(REVIEW);
    }

    /** What was written to the project, apply by apply. */
    public Path applied() {
        return folder.resolve(APPLIED);
    }

    /** The workspace's layers while the sandbox lives; the agent writes below it. */
    public Path workspace() {
        return folder.resolve("workspace");
    }

    /** The sandbox's own scratch. */
    public Path scratch() {
        return folder.resolve("scratch");
    }
}
