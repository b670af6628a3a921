package dev.safecoder.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.safecoder.change.Change;
import dev.safecoder.change.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decisions on disk, each with the contents that it was made for. Only what the user decided is
 * kept: what follows from the flags is found again.
 */
public final class ReviewFile {
    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final Set<PosixFilePermission> OWN =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;

    private record Wire(
            int version, @Nullable List<WireFile> files, @Nullable ReviewCounts counts) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record WireFile(
            @Nullable String path,
            @Nullable String key,
            @Nullable String verdict,
            @Nullable Map<String, String> hunks) {}

    public ReviewFile(Path file) {
        this.file = file;
    }

    /** Replaces the file at once; an interruption leaves the old one. */
    public void save(Review review) throws IOException {
        var files = new ArrayList<WireFile>();
        for (var one : review.files()) {
            if (one.isAsFound()) {
                continue;
            }
            var hunks = new HashMap<String, String>();
            one.hunks().forEach((id, verdict) -> hunks.put(id, text(verdict)));
            files.add(
                    new WireFile(
                            one.change().path().toString(),
                            key(one.change()),
                            text(one.verdict()),
                            hunks));
        }
        var written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        if (Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix")) {
            Files.createFile(written, PosixFilePermissions.asFileAttribute(OWN));
        }
        Files.write(
                written,
                JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(new Wire(VERSION, files, ReviewCounts.of(review))));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The review with the decisions that were saved; one about other contents than these is
     * dropped, and so is a file that cannot be read as one.
     */
    public Review load(Review fresh) throws IOException {
        var saved = new HashMap<String, WireFile>();
        for (var one : decisions()) {
            if (one.key() != null) {
                saved.put(one.key(), one);
            }
        }
        var review = fresh;
        for (var one : fresh.files()) {
            var decided = saved.get(key(one.change()));
            if (decided != null) {
                review = review.with(decided(one, decided));
            }
        }
        return review;
    }

    /** What was counted when it was saved last; needs none of the changes. */
    public Optional<ReviewCounts> counts() throws IOException {
        return read().map(Wire::counts);
    }

    private List<WireFile> decisions() throws IOException {
        return read().map(Wire::files).orElse(List.of());
    }

    private Optional<Wire> read() throws IOException {
        try {
            var wire = JSON.readValue(Files.readAllBytes(file), Wire.class);
            return Optional.of(wire).filter(read -> read.version() == VERSION);
        } catch (NoSuchFileException | JsonProcessingException none) {
            return Optional.empty();
        }
    }

    private static FileReview decided(FileReview fresh, WireFile saved) {
        var hunks = new HashMap<String, Verdict>();
        if (saved.hunks() != null && fresh.change().content() == Change.Content.TEXT) {
            saved.hunks()
                    .forEach((id, text) -> verdict(text).ifPresent(found -> hunks.put(id, found)));
        }
        return new FileReview(
                fresh.change(),
                fresh.risks(),
                verdict(saved.verdict()).orElse(fresh.verdict()),
                hunks);
    }

    /** Names a change by its paths and its contents, modes included. */
    private static String key(Change change) {
        return "%s %s %s %s"
                .formatted(
                        base64(change.path().bytes()),
                        change.from().map(from -> base64(from.bytes())).orElse("-"),
                        entry(change.before()),
                        entry(change.after()));
    }

    private static String entry(Optional<TreeEntry> entry) {
        return entry.map(there -> "%o:%s".formatted(there.type().gitMode(), there.blob().hex()))
                .orElse("-");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String text(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Verdict> verdict(@Nullable String text) {
        for (var verdict : Verdict.values()) {
            if (text(verdict).equals(text)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
