package dev.safecoder.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.change.BlobId;
import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import dev.safecoder.session.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a session has been written to the project, apply by apply, as a JSON file. The next apply
 * starts from here: the project is expected to hold this, not what it held at the beginning.
 */
final class AppliedLog {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    AppliedLog(Path file) {
        this.file = file;
    }

    /** One finished apply: where its journal lies, and what the session had at the paths. */
    record Applied(Path journal, List<PathState> states) {}

    /** Every apply that has not been taken back, oldest first. */
    List<Applied> all() throws IOException {
        var all = new ArrayList<Applied>();
        try {
            for (var one : JSON.readTree(Files.readString(file))) {
                var states = new ArrayList<PathState>();
                for (var state : one.path("states")) {
                    states.add(state(state));
                }
                all.add(new Applied(Path.of(one.path("journal").asText()), states));
            }
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        return all;
    }

    /** What a tree holds once the applies have changed it. */
    Map<RelativePath, TreeEntry> over(Map<RelativePath, TreeEntry> tree) throws IOException {
        for (var apply : all()) {
            for (var state : apply.states()) {
                state.entry()
                        .ifPresentOrElse(
                                entry -> tree.put(state.path(), entry),
                                () -> tree.remove(state.path()));
            }
        }
        return tree;
    }

    /** Replaces the whole, so that a crash leaves the old or the new. */
    void write(List<Applied> all) throws IOException {
        var json = JSON.createArrayNode();
        for (var apply : all) {
            var one = json.addObject().put("journal", apply.journal().toString());
            var states = one.putArray("states");
            apply.states().forEach(state -> put(states.addObject(), state));
        }
        PrivateFile.replace(file, JSON.writeValueAsString(json));
    }

    private static void put(ObjectNode json, PathState state) {
        json.put("path", state.path().bytes());
        state.entry()
                .ifPresent(
                        entry ->
                                json.put("type", entry.type().name())
                                        .put("blob", entry.blob().hex())
                                        .put("size", entry.size()));
    }

    private static PathState state(JsonNode json) throws IOException {
        if (!(RelativePath.parse(json.path("path").binaryValue())
                instanceof RelativePath.Parsed.Valid(var path))) {
            throw new IOException("a path in it is none");
        }
        return new PathState(
                path,
                json.has("blob")
                        ? Optional.of(
                                new TreeEntry(
                                        TreeEntry.Type.valueOf(json.path("type").asText()),
                                        new BlobId(json.path("blob").asText()),
                                        json.path("size").asLong()))
                        : Optional.empty());
    }
}
