package dev.safecoder.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of a history, oldest first; a value that each checkpoint replaces by a new one. */
record Chain(List<Step> steps) {
    Chain {
        steps = List.copyOf(steps);
    }

    /** What a new step says. */
    record Words(String subject, String body, Instant when) {
        Step step(ObjectId commit, Folder tree) {
            return new Step(commit, subject, body, when, tree);
        }
    }

    /** Reads the chain that ends in this commit. */
    static Chain read(BareRepository repository, ObjectId tip) throws IOException {
        var steps = new ArrayList<Step>();
        var trees = new Trees(repository);
        var next = Optional.of(tip);
        while (next.isPresent()) {
            var commit = Step.Parsed.of(repository.bytes(next.get()));
            var words = commit.words();
            steps.add(words.step(next.get(), trees.read(commit.tree())));
            next = commit.parent();
        }
        Collections.reverse(steps);
        return new Chain(steps);
    }

    Step last() {
        return steps.getLast();
    }

    Folder tree(int step) {
        return steps.get(step).tree();
    }

    /** The chain up to and with this step. */
    Chain until(int step) {
        return new Chain(steps.subList(0, step + 1));
    }

    /** This chain with one more step; nothing of the old ones is written again. */
    Chain plus(Words words, Folder tree, GitObject.Sink sink) throws IOException {
        var longer = new ArrayList<>(steps);
        var parent = steps.isEmpty() ? Optional.<ObjectId>empty() : Optional.of(last().commit());
        longer.add(new Writer(sink, Writer.Extent.MISSING).step(words, tree, parent));
        return new Chain(longer);
    }

    /** A chain whose earlier steps have other trees, and one more step; all of it is written. */
    Chain anew(Edits originals, Words words, Edits states, GitObject.Sink sink) throws IOException {
        var written = new ArrayList<Step>();
        var writer = new Writer(sink, Writer.Extent.ALL);
        var parent = Optional.<ObjectId>empty();
        for (var old : steps) {
            var again = new Words(old.subject(), old.body(), old.when());
            var step = writer.step(again, originals.applyTo(old.tree()), parent);
            written.add(step);
            parent = Optional.of(step.commit());
        }
        written.add(writer.step(words, states.applyTo(written.getLast().tree()), parent));
        return new Chain(written);
    }

    /** Writes steps with their trees, no tree twice. */
    private static final class Writer {
        enum Extent {
            MISSING,
            ALL
        }

        private final GitObject.Sink sink;
        private final Extent extent;
        private final Set<Folder> done = Collections.newSetFromMap(new IdentityHashMap<>());

        Writer(GitObject.Sink sink, Extent extent) {
            this.sink = sink;
            this.extent = extent;
        }

        Step step(Words words, Folder tree, Optional<ObjectId> parent) throws IOException {
            write(tree);
            var commit = Step.commit(words, tree.id(), parent);
            return words.step(sink.put(GitObject.Type.COMMIT, commit), tree);
        }

        private void write(Folder folder) throws IOException {
            if (extent == Extent.MISSING && folder.isWritten() || !done.add(folder)) {
                return;
            }
            for (var child : folder.children().values()) {
                switch (child) {
                    case Folder below -> write(below);
                    case Node.Leaf _ -> {}
                }
            }
            folder.written(sink.put(GitObject.Type.TREE, Trees.format(folder)));
        }
    }
}
