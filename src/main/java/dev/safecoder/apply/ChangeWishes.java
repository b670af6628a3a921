package dev.safecoder.apply;

import dev.safecoder.change.Change;
import dev.safecoder.change.Edit;
import dev.safecoder.change.TextChange;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns accepted changes into wishes. */
final class ChangeWishes {
    private static final int MOST_TARGET_BYTES = 4_096;

    private final SessionLog log;
    private final PartlyAccepted parts;
    private final List<Wish> wishes = new ArrayList<>();

    private ChangeWishes(SessionLog log) {
        this.log = log;
        this.parts = new PartlyAccepted(log);
    }

    /**
     * @param log what the session wrote before; the contents of the request's changes are read
     *     through it
     */
    static Wishes of(ApplyRequest request, SessionLog log) throws IOException {
        var made = new ChangeWishes(log);
        for (var file : request.review().files()) {
            made.add(file);
        }
        return new Wishes(
                request.session(),
                made.wishes,
                new Wishes.Contents(made.parts, made.parts.made()),
                made.stillUnknown(request.unknown()),
                request.resolutions(),
                new Wishes.Folders.LikeGit());
    }

    /**
     * Where the session wrote before, its own side is the base, whatever was there at its start.
     */
    private Map<RelativePath, String> stillUnknown(Map<RelativePath, String> unknown) {
        var still = new HashMap<>(unknown);
        still.keySet().removeIf(path -> log.side(path).isPresent());
        return still;
    }

    private void add(FileReview file) throws IOException {
        if (file.hunks().isEmpty()) {
            if (file.verdict() == Verdict.ACCEPT) {
                add(file.change(), held(file.change().after()));
            }
            return;
        }
        var text = TextChange.of(file.change(), parts);
        var accepted = file.accepted(text);
        if (accepted.size() == text.edits().size()) {
            add(file.change(), held(file.change().after()));
        } else if (!accepted.isEmpty()) {
            add(file.change(), Optional.of(part(file.change(), text, accepted)));
        }
    }

    /** The file with some of its edits; one that should have gone stays until all of it goes. */
    private Held part(Change change, TextChange text, Set<Edit> accepted) {
        var content = text.accepting(accepted);
        var type = change.after().or(change::before).orElseThrow().type();
        return new Held.File(
                parts.add(change, accepted, content),
                content.length,
                type == TreeEntry.Type.EXECUTABLE,
                Optional.empty());
    }

    private void add(Change change, Optional<Held> after) throws IOException {
        var before = held(change.before());
        if (change.from().isPresent()) {
            var from = change.from().get();
            var rename = new Rename(from, change.path());
            wishes.add(wish(change, from, before, Optional.empty()).halfOf(rename));
            wishes.add(wish(change, change.path(), Optional.empty(), after).halfOf(rename));
        } else {
            wishes.add(wish(change, change.path(), before, after));
        }
    }

    private Wish wish(
            Change change, RelativePath path, Optional<Held> before, Optional<Held> after) {
        return Wish.of(path, change.path(), log.side(path).orElse(before), after);
    }

    private Optional<Held> held(Optional<TreeEntry> entry) throws IOException {
        return entry.isEmpty() ? Optional.empty() : Optional.of(held(entry.get()));
    }

    private Held held(TreeEntry entry) throws IOException {
        return switch (entry.type()) {
            case FILE -> new Held.File(entry.blob(), entry.size(), false, Optional.empty());
            case EXECUTABLE -> new Held.File(entry.blob(), entry.size(), true, Optional.empty());
            case SYMLINK -> {
                try (var target = parts.open(entry.blob())) {
                    yield Held.Link.of(target.readNBytes(MOST_TARGET_BYTES));
                }
            }
        };
    }
}
