package dev.safecoder.session;

import java.nio.file.Path;

/** Where the parts of one session lie on disk; all of them in one private folder. */
public record SessionFolder(SessionId id, Path folder) {
    /** Metadata, as JSON. */
    Path record() {
        return folder.resolve("session.json");
    }

    /** The conversation. */
    public Transcript transcript() {
        return new Transcript(folder.resolve("conversation.jsonl"));
    }

    /** The bare git repository. */
    public Path history() {
        return folder.resolve("history.git");
    }

    /** The verdicts of a review. */
    public Path review() {
        return folder.resolve("review.json");
    }

    /** What was written to the project, apply by apply. */
    public Path applied() {
        return folder.resolve("applied.json");
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
