package dev.safecoder.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.workspace.Refusal;
import dev.safecoder.workspace.WorkspaceMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A session's record as a JSON file; written beside its place and renamed over it. */
final class SessionRecordFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;

    private final Path file;

    SessionRecordFile(Path file) {
        this.file = file;
    }

    void write(SessionRecord record) throws IOException {
        var text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(toJson(record));
        PrivateFile.replace(file, text + "\n");
    }

    /**
     * @throws IOException when there is none, or it is not what this version writes
     */
    SessionRecord read() throws IOException {
        try {
            return fromJson(JSON.readTree(Files.readString(file)));
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new IOException("it is malformed: " + malformed.getMessage(), malformed);
        }
    }

    private static ObjectNode toJson(SessionRecord record) {
        var json = JSON.createObjectNode();
        json.put("format", FORMAT)
                .put("id", record.id().text())
                .put("project", record.project().toString())
                .put("backend", record.backend().toString())
                .put("workspace", record.workspace().toString())
                .put("model", record.model())
                .put("created", record.created().toString())
                .put("outcome", record.outcome().toString())
                .put("turns", record.turns())
                .put("changes", record.changes());
        json.putObject("owner")
                .put("host", record.owner().host())
                .put("pid", record.owner().pid())
                .put("started_ms", record.owner().startedMillis());
        var unknown = json.putObject("unknown");
        new TreeMap<>(record.unknown()).forEach(unknown::put);
        var refusals = json.putArray("refusals");
        for (var refusal : record.refusals()) {
            refusals.addObject().put("path", refusal.path()).put("reason", refusal.reason());
        }
        return json;
    }

    private static SessionRecord fromJson(JsonNode json) throws IOException {
        if (json.path("format").asInt() != FORMAT) {
            throw new IOException("it is of another version of Safe Coder");
        }
        var owner = json.path("owner");
        return new SessionRecord(
                new SessionId(json.path("id").asText()),
                Path.of(json.path("project").asText()),
                BackendName.parse(json.path("backend").asText()).orElseThrow(IOException::new),
                WorkspaceMode.valueOf(word(json, "workspace")),
                json.path("model").asText(),
                Instant.parse(json.path("created").asText()),
                new Owner(
                        owner.path("host").asText(),
                        owner.path("pid").asLong(),
                        owner.path("started_ms").asLong()),
                Outcome.valueOf(word(json, "outcome")),
                json.path("turns").asInt(),
                json.path("changes").asInt(),
                unknown(json),
                refusals(json));
    }

    private static String word(JsonNode json, String field) {
        return json.path(field).asText().toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> unknown(JsonNode json) {
        var unknown = new TreeMap<String, String>();
        json.path("unknown")
                .properties()
                .forEach(it -> unknown.put(it.getKey(), it.getValue().asText()));
        return unknown;
    }

    private static List<Refusal> refusals(JsonNode json) throws IOException {
        var refusals = new ArrayList<Refusal>();
        for (var refusal : json.path("refusals")) {
            refusals.add(
                    new Refusal(
                            refusal.path("path").binaryValue(), refusal.path("reason").asText()));
        }
        return refusals;
    }
}
