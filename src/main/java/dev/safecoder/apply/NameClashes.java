package dev.safecoder.apply;

import dev.safecoder.path.FoldedName;
import dev.safecoder.path.RelativePath;
import dev.safecoder.text.TerminalEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds names that differ only in what the project's file system takes for the same: letter case,
 * normalisation.
 */
final class NameClashes {
    private final HostTree tree;

    /** What is put at or above a folded path. */
    private final Map<String, Set<RelativePath>> put = new HashMap<>();

    NameClashes(HostTree tree) {
        this.tree = tree;
    }

    /** Turns those into conflicts that would come to lie on one another. */
    List<Judgement> check(List<Judgement> judged) throws IOException {
        for (var one : judged) {
            if (one.isReady() && !one.isReadyDeletion()) {
                atAndAbove(one.wish().path())
                        .forEach(
                                path ->
                                        put.computeIfAbsent(folded(path), _ -> new HashSet<>())
                                                .add(path));
            }
        }
        var checked = new ArrayList<Judgement>();
        for (var one : judged) {
            checked.add(check(one));
        }
        return checked;
    }

    private Judgement check(Judgement one) throws IOException {
        if (!one.isReady() || one.isReadyDeletion()) {
            return one;
        }
        for (var path : atAndAbove(one.wish().path()).toList()) {
            var other =
                    put.getOrDefault(folded(path), Set.of()).stream()
                            .filter(same -> !same.equals(path))
                            .findFirst();
            if (other.isPresent() && isForgiving(path)) {
                return one.conflict(
                        "'%s' would be the same file here"
                                .formatted(TerminalEncoder.line(other.get().bytes())));
            }
        }
        return one;
    }

    private static Stream<RelativePath> atAndAbove(RelativePath path) {
        return Stream.concat(Stream.of(path), EmptiedFolders.above(path));
    }

    private static String folded(RelativePath path) {
        return path.names().stream().map(FoldedName::of).collect(Collectors.joining("/"));
    }

    /** The name in a folder that a lookup found, when it is another than the one asked for. */
    static Optional<RelativePath> otherName(HostTree.Place place) throws IOException {
        var names = place.folder().names();
        var wanted = FoldedName.of(place.name());
        return names.contains(place.name())
                ? Optional.empty()
                : names.stream().filter(name -> FoldedName.of(name).equals(wanted)).findFirst();
    }

    /** Asks the nearest folder above that is there, with a name that it holds. */
    private boolean isForgiving(RelativePath path) throws IOException {
        for (var above : EmptiedFolders.above(path).toList()) {
            if (tree.reach(above) instanceof HostTree.Reached.There(var place)) {
                try (place) {
                    var seen = place.look();
                    if (seen.isPresent() && seen.get().isFolder()) {
                        try (var folder = place.folder().open(place.name())) {
                            var answer = isForgiving(folder);
                            if (answer.isPresent()) {
                                return answer.get();
                            }
                        }
                    }
                }
            }
        }
        return isForgiving(tree.root()).orElse(false);
    }

    private static Optional<Boolean> isForgiving(HostFolder folder) throws IOException {
        for (var name : folder.names()) {
            var flipped = flipped(name);
            if (flipped.isPresent()) {
                var one = folder.look(name);
                var other = folder.look(flipped.get());
                return Optional.of(
                        one.isPresent() && other.isPresent() && one.get().isStill(other.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<RelativePath> flipped(RelativePath name) {
        var text = new String(name.bytes(), StandardCharsets.ISO_8859_1);
        var flipped =
                text.chars()
                        .map(one -> one >= 'a' && one <= 'z' ? one - 32 : one)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        boolean differs = !flipped.equals(text);
        return differs
                        && RelativePath.parse(flipped.getBytes(StandardCharsets.ISO_8859_1))
                                instanceof RelativePath.Parsed.Valid(var path)
                ? Optional.of(path)
                : Optional.empty();
    }
}
