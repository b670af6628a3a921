package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.path.RelativePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that one apply or undo is asked to do.
 *
 * @param session whose changes they are
 * @param unknown paths whose base is a guess, with the reason
 * @param resolutions what the user wants where there is a conflict, by change
 * @param folders which folders may go and come beside those that files need
 */
record Wishes(
        String session,
        List<Wish> all,
        Contents contents,
        Map<RelativePath, String> unknown,
        Map<RelativePath, Resolution> resolutions,
        Folders folders) {
    /**
     * The contents behind bases and wanted files.
     *
     * @param made those that no store has: the journal must keep them for later merges
     */
    record Contents(BlobSource blobs, Set<BlobId> made) {}

    /** What an apply does about folders, or an undo. */
    sealed interface Folders {
        /** As git does: a folder goes when its last file is deleted. */
        record LikeGit() implements Folders {}

        /**
         * Back to what was.
         *
         * @param made these may go when they are empty
         * @param removed these come back, with their rights
         */
        record Back(Set<RelativePath> made, Map<RelativePath, Rights> removed) implements Folders {}
    }

    Wishes {
        all = List.copyOf(all);
        unknown = Map.copyOf(unknown);
        resolutions = Map.copyOf(resolutions);
    }

    BlobSource blobs() {
        return contents.blobs();
    }

    Optional<Resolution> resolution(Wish wish) {
        return Optional.ofNullable(resolutions.get(wish.change()));
    }

    Set<RelativePath> deletions() {
        return all.stream()
                .filter(Wish::isDeletion)
                .map(Wish::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<RelativePath> links() {
        return all.stream()
                .filter(wish -> wish.wanted().isPresent())
                .filter(wish -> wish.wanted().get() instanceof Held.Link)
                .map(Wish::path)
                .collect(Collectors.toUnmodifiableSet());
    }
}
