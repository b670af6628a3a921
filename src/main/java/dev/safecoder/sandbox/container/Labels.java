package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How our containers are known as ours, and whose they are. */
final class Labels {
    static final String STATE = "dev.safecoder.state";
    static final String HOST = "dev.safecoder.owner.host";
    private static final String PID = "dev.safecoder.owner.pid";
    private static final String STARTED = "dev.safecoder.owner.started";
    private static final String SANDBOX = "dev.safecoder.sandbox";
    private static final String SESSION = "dev.safecoder.session";

    private Labels() {}

    static Map<String, String> of(SandboxSpec spec) {
        return Map.of(
                SANDBOX, spec.name(),
                STATE, spec.stateFolder().toString(),
                SESSION, spec.sessionId(),
                HOST, spec.owner().host(),
                PID, String.valueOf(spec.owner().pid()),
                STARTED, String.valueOf(spec.owner().startedMillis()));
    }

    /** What narrows a listing to the sandboxes of one state folder on one host. */
    static String filter(Path stateFolder, String host) {
        var filters = Json.MAPPER.createObjectNode();
        filters.putArray("label").add(STATE + "=" + stateFolder).add(HOST + "=" + host);
        return filters.toString();
    }

    /** The sandbox of which it is a part. */
    static String sandbox(JsonNode labels) {
        return labels.path(SANDBOX).asText();
    }

    /** The owner that labels name; empty when they are not whole. */
    static Optional<Owner> owner(JsonNode labels) {
        var pid = labels.path(PID).asText();
        var started = labels.path(STARTED).asText();
        if (!pid.matches("\\d{1,18}") || !started.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(
                new Owner(
                        labels.path(HOST).asText(), Long.parseLong(pid), Long.parseLong(started)));
    }

    /** Whether they are of that state folder and host; the engine's own filter is not relied on. */
    static boolean match(JsonNode labels, Path stateFolder, String host) {
        return labels.path(STATE).asText().equals(stateFolder.toString())
                && labels.path(HOST).asText().equals(host);
    }
}
