package dev.safecoder.apply;

import dev.safecoder.apply.ApplyOutcome.Trouble;
import dev.safecoder.apply.ApplyOutcome.Withheld;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A project that holds a tree, and an applier with a state folder beside it. */
final class ApplyFixture {
    private final SampleTree base;
    private final Path project;
    private final Applier applier;

    ApplyFixture(Path folder, SampleTree base) throws IOException {
        this(folder, base, HostFolder::openBest);
    }

    ApplyFixture(Path folder, SampleTree base, HostFolder.Opener opener) throws IOException {
        this.base = base;
        this.project = Files.createDirectory(folder.resolve("project"));
        this.applier =
                new Applier(
                        folder.resolve("state"),
                        InstantSource.fixed(Instant.EPOCH),
                        _ -> {},
                        opener);
        base.writeTo(project);
    }

    Path project() {
        return project;
    }

    Applier applier() {
        return applier;
    }

    /** Everything that leads from the base to a tree, accepted. */
    ApplyRequest request(SampleTree after) throws IOException {
        return request(base.changesTo(after));
    }

    /** The same with files that got another name as renames. */
    ApplyRequest requestWithRenames(SampleTree after) throws IOException {
        return request(base.comparedTo(after));
    }

    ApplyRequest request(ChangeSet changes) throws IOException {
        var all = Review.of(changes).decideAll(_ -> true, Verdict.ACCEPT);
        return ApplyRequest.of(project, "session", all);
    }

    ApplyOutcome apply(SampleTree after) throws IOException {
        return applier.apply(request(after));
    }

    ApplyOutcome apply(Review review) {
        return applier.apply(ApplyRequest.of(project, "session", review));
    }

    SampleTree host() throws IOException {
        return SampleTree.readFrom(project);
    }

    static Withheld conflict(String path, String reason) {
        return new Withheld(List.of(new Trouble(RelativePath.of(path), reason)), List.of());
    }

    static Withheld refused(String path, String reason) {
        return new Withheld(List.of(), List.of(new Trouble(RelativePath.of(path), reason)));
    }
}
