package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pairs files that went with files that came: first equal contents, then, where few enough are left
 * to compare each with each, contents that share at least half of the larger one's bytes.
 */
final class Renames {
    private static final int LEAST_SCORE = Similarity.MOST / 2;

    /** Beyond this many pairs to compare no similar files are looked for, only equal ones. */
    private static final int MOST_PAIRS = 250_000;

    /** Nor beyond this many bytes on one side, which all are in memory as line hashes. */
    private static final long MOST_BYTES = 8L << 20;

    private final Map<RelativePath, TreeEntry> gone;
    private final Map<RelativePath, TreeEntry> come;
    private final BlobSource blobs;
    private final Map<RelativePath, RelativePath> sources = new TreeMap<>();
    private final Set<RelativePath> used = new HashSet<>();

    Renames(
            Map<RelativePath, TreeEntry> gone,
            Map<RelativePath, TreeEntry> come,
            BlobSource blobs) {
        this.gone = gone;
        this.come = come;
        this.blobs = blobs;
    }

    /** Where each renamed file was before, by where it is now; no source serves twice. */
    Map<RelativePath, RelativePath> find() throws IOException {
        findEqual();
        findSimilar();
        return sources;
    }

    private void findEqual() {
        var byContent = new HashMap<BlobId, List<RelativePath>>();
        gone.forEach(
                (path, entry) -> {
                    if (isFile(entry)) {
                        byContent.computeIfAbsent(entry.blob(), _ -> new ArrayList<>()).add(path);
                    }
                });
        come.forEach(
                (path, entry) -> {
                    var candidates = byContent.getOrDefault(entry.blob(), List.of());
                    if (isFile(entry) && !candidates.isEmpty()) {
                        var from = sameName(candidates, path);
                        candidates.remove(from);
                        take(from, path);
                    }
                });
    }

    private static RelativePath sameName(List<RelativePath> candidates, RelativePath path) {
        return candidates.stream()
                .filter(candidate -> candidate.name().equals(path.name()))
                .findFirst()
                .orElse(candidates.getFirst());
    }

    private void take(RelativePath from, RelativePath to) {
        sources.put(to, from);
        used.add(from);
    }

    /** How well a source fits a target. */
    private record Fit(int score, boolean sameName, RelativePath from, RelativePath to) {}

    private void findSimilar() throws IOException {
        var from = gone.keySet().stream().filter(path -> maySource(path)).toList();
        var to = come.keySet().stream().filter(path -> mayTarget(path)).toList();
        if ((long) from.size() * to.size() > MOST_PAIRS || bytes(from, gone) > MOST_BYTES) {
            return;
        }
        var profiles = new HashMap<RelativePath, Similarity>();
        var fits = new ArrayList<Fit>();
        for (var target : to) {
            addFits(target, from, profiles, fits);
        }
        fits.sort(
                Comparator.comparingInt(Fit::score)
                        .thenComparing(Fit::sameName)
                        .reversed()
                        .thenComparing(Fit::to)
                        .thenComparing(Fit::from));
        for (var fit : fits) {
            if (!sources.containsKey(fit.to) && !used.contains(fit.from)) {
                take(fit.from, fit.to);
            }
        }
    }

    private void addFits(
            RelativePath target,
            List<RelativePath> from,
            Map<RelativePath, Similarity> profiles,
            List<Fit> fits)
            throws IOException {
        var entry = entry(come, target);
        var possible =
                from.stream().filter(source -> isPossible(entry(gone, source), entry)).toList();
        if (possible.isEmpty()) {
            return;
        }
        var profile = Similarity.of(blobs.bytes(entry.blob()));
        for (var source : possible) {
            int score = profile(source, profiles).score(profile);
            if (score >= LEAST_SCORE) {
                fits.add(new Fit(score, source.name().equals(target.name()), source, target));
            }
        }
    }

    private Similarity profile(RelativePath source, Map<RelativePath, Similarity> profiles)
            throws IOException {
        var known = profiles.get(source);
        if (known == null) {
            known = Similarity.of(blobs.bytes(entry(gone, source).blob()));
            profiles.put(source, known);
        }
        return known;
    }

    private static boolean isPossible(TreeEntry source, TreeEntry target) {
        return Similarity.isPossible(source.size(), target.size(), LEAST_SCORE);
    }

    private boolean maySource(RelativePath path) {
        return !used.contains(path) && mayBeSimilar(entry(gone, path));
    }

    private boolean mayTarget(RelativePath path) {
        return !sources.containsKey(path) && mayBeSimilar(entry(come, path));
    }

    private static boolean mayBeSimilar(TreeEntry entry) {
        return isFile(entry) && entry.size() > 0 && entry.size() <= ContentKind.MOST_TEXT_BYTES;
    }

    private static boolean isFile(TreeEntry entry) {
        return entry.type() != TreeEntry.Type.SYMLINK;
    }

    private static TreeEntry entry(Map<RelativePath, TreeEntry> in, RelativePath path) {
        return Objects.requireNonNull(in.get(path));
    }

    private static long bytes(List<RelativePath> paths, Map<RelativePath, TreeEntry> in) {
        return paths.stream().mapToLong(path -> entry(in, path).size()).sum();
    }
}
