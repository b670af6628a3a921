package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes; the heap of the tests is 512 MB, and a whole content in it would show. */
class LargeApplyTest {
    private static final int FILES = 10_000;
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 100;

    @TempDir Path folder;

    @TempDir(factory = InMemory.class)
    Path memory;

    private static Applier applier(Path folder) {
        return new Applier(folder.resolve("state"), InstantSource.fixed(Instant.EPOCH), _ -> {});
    }

    private static Path project(Path folder) throws IOException {
        return Files.createDirectory(folder.resolve("project"));
    }

    @Test
    void ten_thousand_files_are_written_and_taken_back_in_reasonable_time() throws IOException {
        var project = project(memory);
        var after = new SampleTree();
        var changes = new ArrayList<Change>();
        var content = "content\n".getBytes();
        var entry = new TreeEntry(TreeEntry.Type.FILE, BlobDigest.of(content), content.length);
        for (int file = 0; file < FILES; file++) {
            var path = RelativePath.of("d%d/e%d/f%d".formatted(file % 20, file % 400, file));
            changes.add(SampleTree.change(path, Optional.empty(), Optional.of(entry)));
        }
        var set = new ChangeSet(changes, new Repeated(content, 1));
        long start = System.nanoTime();

        var applied =
                (Applied)
                        applier(memory).apply(ApplyRequest.of(project, "session", Review.of(set)));
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(applied.paths()).hasSize(FILES);
        assertThat(SampleTree.readFrom(project).nodes()).hasSize(FILES);
        assertThat(took).isLessThan(Duration.ofSeconds(120));
        applier(memory).undo(applied.record());
        assertThat(SampleTree.readFrom(project)).isEqualTo(after);
    }

    @Test
    void a_hundred_megabytes_go_through_without_being_in_memory() throws IOException {
        var project = project(folder);
        var piece = new byte[PIECE];
        var source = new Repeated(piece, PIECES);
        long size = (long) PIECE * PIECES;
        BlobId id;
        try (var content = source.open(BlobDigest.of(piece))) {
            id = BlobDigest.read(content, size, (_, _) -> {}).orElseThrow();
        }
        var entry = new TreeEntry(TreeEntry.Type.FILE, id, size);
        var change =
                new Change(
                        RelativePath.of("big"),
                        Change.Kind.ADDED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(entry),
                        Change.Content.BINARY,
                        new Change.LineCount(0, 0));
        var review =
                Review.of(new ChangeSet(List.of(change), source))
                        .decideAll(_ -> true, Verdict.ACCEPT);

        var applied = (Applied) applier(folder).apply(ApplyRequest.of(project, "session", review));

        assertThat(Files.size(project.resolve("big"))).isEqualTo(size);
        applier(folder).undo(applied.record());
        assertThat(SampleTree.readFrom(project)).isEqualTo(new SampleTree());
    }

    /** A content so many times; it cannot be had as a whole. */
    private record Repeated(byte[] piece, int times) implements BlobSource {
        @Override
        public byte[] bytes(BlobId id) {
            if (times > 1) {
                throw new AssertionError("the whole content is asked for");
            }
            return piece;
        }

        @Override
        public InputStream open(BlobId id) {
            var pieces = new ArrayList<InputStream>();
            for (int i = 0; i < times; i++) {
                pieces.add(new ByteArrayInputStream(piece));
            }
            return new SequenceInputStream(Collections.enumeration(pieces));
        }
    }
}
