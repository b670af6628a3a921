package dev.safecoder.tool;

import dev.safecoder.guest.Entry;
import dev.safecoder.tool.TreeWalk.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searches the files of a walk, a batch at a time, until enough is found. */
final class TreeSearch {
    /** What of a command's frame the names of a batch may fill. */
    private static final int BATCH_BYTES = 40_000;

    private final TreeWalk walk;
    private final Optional<Glob> glob;
    private final int below;
    private final ContentFilter filter;
    private final LineSearch search;
    private final List<Step> batch = new ArrayList<>();
    private int batchBytes;

    TreeSearch(
            TreeWalk walk,
            Optional<Glob> glob,
            int below,
            ContentFilter filter,
            LineSearch search) {
        this.walk = walk;
        this.glob = glob;
        this.below = below;
        this.filter = filter;
        this.search = search;
    }

    /** Returns what the model must know of what was not searched. */
    List<String> run() throws InterruptedException {
        for (var step = walk.next(); step.isPresent() && search.goesOn(); step = walk.next()) {
            if (isWanted(step.get())) {
                add(step.get());
            }
        }
        searchBatch();
        var notes = new ArrayList<>(walk.notes());
        notes.addAll(search.notes());
        return notes;
    }

    private boolean isWanted(Step step) {
        return step.entry().kind() == Entry.Kind.FILE
                && step.entry().size() > 0
                && glob.map(pattern -> pattern.matches(step.after(below))).orElse(true);
    }

    private void add(Step step) throws InterruptedException {
        if (step.entry().size() > LineSearch.MOST_FILE_BYTES) {
            search.passOverLarge();
            return;
        }
        if (batchBytes + step.path().length > BATCH_BYTES) {
            searchBatch();
        }
        batch.add(step);
        batchBytes += step.path().length + 8; // its length in the frame, and the way to it
    }

    private void searchBatch() throws InterruptedException {
        if (batch.isEmpty() || !search.goesOn()) {
            return;
        }
        for (var file : filter.filter(batch)) {
            if (!search.file(file.path())) {
                break;
            }
        }
        batch.clear();
        batchBytes = 0;
    }
}
