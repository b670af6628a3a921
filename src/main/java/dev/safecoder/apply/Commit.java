package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out a plan: journal, staging, steps, tidying up. The order is the promise: nothing moves
 * in the project before the journal can take it back, and nothing is thrown away before all of it
 * is on the disk.
 */
final class Commit {
    /** An undo merges with the new content; larger ones are not merged. */
    private static final long MOST_KEPT_NEW = Merger.MOST_BYTES;

    private final HostTree tree;
    private final Journal journal;
    private final Plan plan;
    private final Planner.Planned planned;
    private final BlobSource blobs;
    private final Set<BlobId> made;

    Commit(
            HostTree tree,
            Journal journal,
            Plan plan,
            Planner.Planned planned,
            Wishes.Contents contents) {
        this.tree = tree;
        this.journal = journal;
        this.plan = plan;
        this.planned = planned;
        this.blobs = contents.blobs();
        this.made = contents.made();
    }

    /** Comes back when all is done and on the disk; only the staging folder is left to remove. */
    void run() throws IOException {
        prepare();
        write();
    }

    private void prepare() throws IOException {
        for (var step : plan.steps()) {
            if (step.before().orElse(null) instanceof Held.File before) {
                keepBefore(step, before);
            }
        }
        var newNames =
                plan.steps().stream()
                        .flatMap(step -> step.goesTo().stream())
                        .collect(Collectors.toSet());
        for (var step : plan.steps()) {
            if ((step.kind() == Step.Kind.REPLACE || newNames.contains(step.path()))
                    && step.after().orElse(null) instanceof Held.File after
                    && after.size() <= MOST_KEPT_NEW) {
                try (var content = content(step, after)) {
                    keep(step, after.blob(), after.size(), content);
                }
            }
            keepSessionSide(step);
        }
        journal.prepare(plan);
    }

    /** The session's next apply merges from this, and what was written may not be the same. */
    private void keepSessionSide(Step step) throws IOException {
        if (step.session().isPresent()
                && step.session().get().to().orElse(null) instanceof Held.File side
                && side.size() <= MOST_KEPT_NEW
                && (made.contains(side.blob()) || isMerged(step))) {
            try (var content = blobs.open(side.blob())) {
                keep(step, side.blob(), side.size(), content);
            } catch (NoSuchFileException undone) {
                return; // an undo goes back to what the session's own store or an older journal has
            }
        }
    }

    private boolean isMerged(Step step) {
        return planned.merges().containsKey(step.number());
    }

    private void keepBefore(Step step, Held.File before) throws IOException {
        try (var place = tree.at(step.path());
                var content = place.folder().read(place.name())) {
            keep(step, before.blob(), before.size(), content);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            throw new ChangedMeanwhile(step.path(), "it changed on the host meanwhile");
        }
    }

    private void keep(Step step, BlobId id, long size, InputStream content) throws IOException {
        if (!journal.contents().keep(id, size, content)) {
            throw new ChangedMeanwhile(step.path(), "it changed while it was read");
        }
    }

    private InputStream content(Step step) throws IOException {
        return content(step, (Held.File) step.after().orElseThrow());
    }

    private InputStream content(Step step, Held.File after) throws IOException {
        var merge = planned.merges().get(step.number());
        if (merge != null) {
            return new ByteArrayInputStream(merged(step.path(), merge));
        }
        var kept = journal.contents();
        return kept.find(after.blob()).isPresent()
                ? kept.open(after.blob())
                : blobs.open(after.blob());
    }

    private byte[] merged(RelativePath path, Standing.Merge merge) throws IOException {
        return merge.content(
                        blobs.bytes(merge.base()),
                        journal.contents().bytes(merge.host()),
                        blobs.bytes(merge.wanted()))
                .orElseThrow(() -> new ChangedMeanwhile(path, "it cannot be merged any more"));
    }

    private void write() throws IOException {
        try (var staging = Staging.make(tree.root(), plan.staging())) {
            staging.fill(plan, this::content, tree.root().look());
            tree.root().sync();
            journal.enter(Journal.State.COMMITTED);
            var swap = new Swap(tree, staging.folder());
            for (var step : plan.steps()) {
                swap.forward(step, planned.seen().get(step.number()));
            }
            swap.sync(plan.steps());
            journal.enter(Journal.State.DONE);
        }
    }
}
