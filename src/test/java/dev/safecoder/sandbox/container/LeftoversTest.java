package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.SandboxSpec.Owner;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is provably a dead owner's is removed, whatever the engine's filter lets through. */
class LeftoversTest {
    private static final Owner US = Owner.self("here");
    private static final String GONE = "999999999";

    @TempDir private Path folder;

    private static String thing(
            String idField, String id, String state, String host, String pid, long started) {
        return """
               {"%s":"%s","Labels":{"dev.safecoder.sandbox":"s-%s","dev.safecoder.state":"%s",
                "dev.safecoder.owner.host":"%s","dev.safecoder.owner.pid":"%s",
                "dev.safecoder.owner.started":"%d"}}"""
                .formatted(idField, id, id, state, host, pid, started);
    }

    private static String container(String id, String state, String host, String pid, long start) {
        return thing("Id", id, state, host, pid, start);
    }

    @Test
    void a_dead_owners_containers_and_volumes_go_and_nobody_elses() throws Exception {
        var pid = String.valueOf(US.pid());
        var containers =
                List.of(
                        container("dead", "/state", "here", GONE, 1),
                        container("successor", "/state", "here", pid, US.startedMillis() - 60_000),
                        container("ours", "/state", "here", pid, US.startedMillis()),
                        container("elsewhere", "/state", "there", GONE, 1),
                        container("other", "/other", "here", GONE, 1),
                        container("odd", "/state", "here", "x", 1),
                        "{\"Id\":\"foreign\",\"Labels\":{}}");
        var volumes = List.of(thing("Name", "vol", "/state", "here", GONE, 1));
        try (var scripted = scripted(containers, volumes)) {
            var engine = Engine.reach(scripted.address());
            assertThat(new Leftovers(engine, Path.of("/state"), "here").remove()).isEqualTo(3);
            assertThat(scripted.requests().stream().filter(line -> line.startsWith("DELETE")))
                    .containsExactly(
                            "DELETE /v1.41/containers/dead?force=1&v=1",
                            "DELETE /v1.41/containers/successor?force=1&v=1",
                            "DELETE /v1.41/volumes/vol");
        }
    }

    private ScriptedEngine scripted(List<String> containers, List<String> volumes)
            throws IOException {
        var filter =
                URLEncoder.encode(
                        "{\"label\":[\"dev.safecoder.state=/state\","
                                + "\"dev.safecoder.owner.host=here\"]}",
                        StandardCharsets.UTF_8);
        Map<String, String> answers = new HashMap<>();
        answers.put("GET /_ping", ScriptedEngine.ping("1.41"));
        answers.put(
                "GET /v1.41/containers/json?all=1&filters=" + filter,
                ScriptedEngine.json(200, "[" + String.join(",", containers) + "]"));
        answers.put(
                "GET /v1.41/volumes?filters=" + filter,
                ScriptedEngine.json(200, "{\"Volumes\":[" + String.join(",", volumes) + "]}"));
        return ScriptedEngine.at(folder.resolve("s"), answers);
    }
}
