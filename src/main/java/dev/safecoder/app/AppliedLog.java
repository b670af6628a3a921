package dev.safecoder.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.apply.ApplyRecord;
import dev.safecoder.change.BlobId;
import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import dev.safecoder.session.PrivateFile;
import dev.safecoder.session.SessionFolder;
import dev.safecoder.session.SessionId;
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
 * starts from here: the project is expected to hold this, not what it held at the beginning. A fork
 * begins with a copy of its origin's.
 */
final class AppliedLog {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final SessionId session;

    AppliedLog(SessionFolder folder) {
        this.file = folder.applied();
        this.session = folder.id();
    }

    /**
     * One finished apply.
     *
     * @param session the id of the one that did it, this session or one that it was forked from
     * @param states what the session had at the paths
     */
    record Applied(String session, ApplyRecord record, List<PathState> states) {}

    /**
     * Every apply that has not been taken back, oldest first. An undo forgets the record of what it
     * takes back, so that the forks of the session know it, too.
     */
    List<Applied> all() throws IOException {
        var all = new ArrayList<Applied>();
        try {
            for (var one : JSON.readTree(Files.readString(file))) {
                var states = new ArrayList<PathState>();
                for (var state : one.path("states")) {
                    states.add(state(state));
                }
                var applied =
                        new Applied(
                                one.path("session").asText(session.text()),
                                new ApplyRecord(Path.of(one.path("journal").asText())),
                                states);
                if (applied.record().isKept()) {
                    all.add(applied);
                }
            }
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        return all;
    }

    /** The newest that this session itself did. */
    Optional<Applied> lastOwn() throws IOException {
        return all().reversed().stream().filter(this::isOwn).findFirst();
    }

    /** What the sessions did that this one was forked from. */
    List<ApplyRecord> inherited() throws IOException {
        return all().stream().filter(one -> !isOwn(one)).map(Applied::record).toList();
    }

    private boolean isOwn(Applied one) {
        return one.session().equals(session.text());
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

    /** Adds an apply of this session that is about to write: it counts from when it is done. */
    void add(ApplyRecord record, List<PathState> states) throws IOException {
        var all = new ArrayList<>(all());
        all.add(new Applied(session.text(), record, states));
        write(all);
    }

    /** Replaces the whole, so that a crash leaves the old or the new. */
    private void write(List<Applied> all) throws IOException {
        var json = JSON.createArrayNode();
        for (var apply : all) {
            var one =
                    json.addObject()
                            .put("session", apply.session())
                            .put("journal", apply.record().journal().toString());
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
