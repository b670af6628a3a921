package dev.safecoder.app;

import dev.safecoder.apply.Applier;
import dev.safecoder.apply.ApplyRecord;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.session.SessionFolder;
import dev.safecoder.session.SessionStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the state folder from growing without bound. */
final class Housekeeping {
    /** What another process applied since the logs were read is younger. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final SessionStore sessions;
    private final Applier applier;
    private final InstantSource clock;

    Housekeeping(SessionStore sessions, Applier applier, InstantSource clock) {
        this.sessions = sessions;
        this.applier = applier;
        this.clock = clock;
    }

    /**
     * Moves the sessions that nobody used for so long to the trash; returns a line for each, and
     * for what stood in the way: a session that has ended well does not fail over another one.
     */
    List<String> retire(Duration keep) {
        var lines = new ArrayList<String>();
        var now = clock.instant();
        try {
            for (var old : sessions.retire(now.minus(keep), now)) {
                lines.add(
                        "Moved session %s to the trash: not used for %d days (limits.keep_days)"
                                .formatted(old, keep.toDays()));
            }
            if (!lines.isEmpty()) {
                forgetApplies();
            }
        } catch (SafeCoderException trouble) {
            lines.add(trouble.problem());
        } catch (IOException trouble) {
            lines.add("The records of applies could not be tidied up: " + trouble.getMessage());
        }
        return lines;
    }

    /** Deletes a session and what its applies kept for an undo; what a fork counts on stays. */
    void delete(SessionFolder session, Runnable deletion) throws IOException {
        var gone = records(session);
        deletion.run();
        gone.removeAll(known());
        gone.forEach(applier::forget);
        forgetApplies();
    }

    /** Deletes what applies kept for an undo that no session, also in the trash, can ask for. */
    void forgetApplies() throws IOException {
        applier.forgetAllBut(known(), clock.instant().minus(SETTLED));
    }

    private Set<ApplyRecord> known() throws IOException {
        var known = new HashSet<ApplyRecord>();
        for (var folder : sessions.folders()) {
            known.addAll(records(folder));
        }
        return known;
    }

    private static Set<ApplyRecord> records(SessionFolder session) throws IOException {
        var records = new HashSet<ApplyRecord>();
        new AppliedLog(session).all().forEach(apply -> records.add(apply.record()));
        return records;
    }
}
