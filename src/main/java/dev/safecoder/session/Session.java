package dev.safecoder.session;

import dev.safecoder.change.ChangeSet;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ScanRequest.Extent;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.history.History;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.session.SessionRecord.Progress;
import dev.safecoder.workspace.Observer;
import dev.safecoder.workspace.SessionTree;
import dev.safecoder.workspace.Workspace;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A session that lives: its sandbox, its workspace and its history. What happened up to the last
 * {@link #settle} survives the process. Not thread-safe. Closing it ends the sandbox and removes
 * the workspace; the history stays for review and apply.
 */
public final class Session implements AutoCloseable {
    private final Live live;
    private final Recorder recorder;
    private SessionRecord record;
    private int turns;
    private boolean closed;

    /** What a session is made of; the session closes all of it. */
    public record Live(
            SessionStore store,
            SessionFolder folder,
            Sandbox sandbox,
            Workspace workspace,
            Ending ending,
            Observer observer,
            History history,
            SessionListener listener,
            InstantSource clock) {}

    /** What becomes of the workspace's folders when the session ends. */
    public enum Ending {
        REMOVE_WORKSPACE,
        KEEP_WORKSPACE
    }

    /** Something that runs in the sandbox and is no tool call. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Guest guest) throws IOException, InterruptedException;
    }

    /** Takes up a session whose workspace has been entered. */
    public Session(SessionRecord record, Live live) {
        this.record = record.with(Outcome.COMPLETED, record.progress());
        this.live = live;
        this.recorder = new Recorder(live.observer(), live.history(), live.clock());
        this.turns = record.turns();
        live.store().save(record);
    }

    /**
     * Runs something inside, then commits what it changed; also after an interrupt.
     *
     * @param name stands for the tool's name in the checkpoint
     */
    public <T> T run(String name, String detail, Work<T> work)
            throws IOException, InterruptedException {
        recorder.done(name, detail);
        try {
            var result = work.in(live.sandbox().guest());
            settle(Outcome.COMPLETED);
            return result;
        } catch (InterruptedException stopped) {
            settle(Outcome.INTERRUPTED);
            throw stopped;
        }
    }

    /** Reads every candidate once more, commits what differs, and writes down how it stands. */
    Optional<Checkpoint> settle(Outcome outcome) throws IOException, InterruptedException {
        try {
            var taken = recorder.checkpoint(Extent.FULL);
            taken.ifPresent(live.listener()::checkpointTaken);
            return taken;
        } finally {
            save(outcome);
        }
    }

    /**
     * Writes down how it stands without another look at the workspace. On disk it runs as long as
     * it lives, whatever has come to an end in it: nobody else is to change it meanwhile, and what
     * it leaves when its process dies is found by that.
     */
    void save(Outcome outcome) throws IOException {
        var progress =
                new Progress(turns, changes().changes().size(), unknown(), recorder.refusals());
        record = record.with(outcome, progress);
        live.store().save(record.with(Outcome.RUNNING, progress));
    }

    /** What was unknown to the processes before this one stays so. */
    private Map<String, String> unknown() {
        var unknown = new TreeMap<>(record.unknown());
        live.observer().unknown().forEach((path, why) -> unknown.put(path.toString(), why));
        return unknown;
    }

    void countTurns(int more) {
        turns += more;
    }

    Recorder recorder() {
        return recorder;
    }

    SessionListener listener() {
        return live.listener();
    }

    InstantSource clock() {
        return live.clock();
    }

    /** As it is on disk once it has ended. */
    public SessionRecord record() {
        return record;
    }

    /** The sandbox, for people who want to look at it. */
    public Sandbox sandbox() {
        return live.sandbox();
    }

    public History history() {
        return live.history();
    }

    /** Everything that differs from the project as it was. */
    public ChangeSet changes() throws IOException {
        var steps = live.history().checkpoints();
        return live.history().changes(0, steps.getLast().step());
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (var _ = live.history()) {
            live.sandbox().close();
            if (live.ending() == Ending.REMOVE_WORKSPACE) {
                live.workspace().remove();
                SessionTree.at(live.folder().scratch()).remove();
            }
            live.store().save(record);
        }
    }
}
