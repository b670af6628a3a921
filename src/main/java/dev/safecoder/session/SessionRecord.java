package dev.safecoder.session;

import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.workspace.Refusal;
import dev.safecoder.workspace.WorkspaceMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a session beside its history and conversation; replaced as a whole, never edited.
 *
 * @param owner the process that runs it, or ran it last
 * @param unknown paths, as {@link dev.safecoder.path.RelativePath#toString}, whose original is not
 *     known, with the reason: these are never applied
 * @param refusals what is in the workspace and never leaves it
 */
public record SessionRecord(
        SessionId id,
        Path project,
        BackendName backend,
        WorkspaceMode workspace,
        String model,
        Instant created,
        Owner owner,
        Outcome outcome,
        int turns,
        int changes,
        Map<String, String> unknown,
        List<Refusal> refusals) {
    public SessionRecord {
        unknown = Map.copyOf(unknown);
        refusals = List.copyOf(refusals);
    }

    /** The same session after more of it has happened. */
    SessionRecord with(Outcome now, Progress progress) {
        return new SessionRecord(
                id,
                project,
                backend,
                workspace,
                model,
                created,
                owner,
                now,
                progress.turns(),
                progress.changes(),
                progress.unknown(),
                progress.refusals());
    }

    Progress progress() {
        return new Progress(turns, changes, unknown, refusals);
    }

    /** The same under another id. */
    SessionRecord forked(SessionId other, Instant when) {
        return new SessionRecord(
                other, project, backend, workspace, model, when, owner, outcome, turns, changes,
                unknown, refusals);
    }

    /** What a live session adds to its record as it goes. */
    record Progress(int turns, int changes, Map<String, String> unknown, List<Refusal> refusals) {}
}
