package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@code bench} measures what it says and leaves nothing; how long it takes is no matter. */
abstract class BenchContract {
    @TempDir Path folder;
    private Path temporary;
    private SafeCoder program;

    abstract String backend();

    @BeforeEach
    void giveItATemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        program =
                new SafeCoder(folder.resolve("user"))
                        .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    }

    @Test
    void it_measures_and_leaves_nothing() throws Exception {
        var finished =
                program.run("bench", "--backend", backend(), "--sizes", "1000,100", "--json");

        assertThat(finished.code()).as(finished.err()).isZero();
        var measured = finished.json().path("backends").path(0);
        assertThat(names(measured))
                .containsExactly(
                        "name",
                        "usable",
                        "workspace",
                        "start_ms",
                        "exec_ms",
                        "checkpoint_ms",
                        "start_by_tree_ms",
                        "apply_ms",
                        "host_rss_mb",
                        "sandbox_rss_mb",
                        "engine");
        assertThat(measured.path("name").asText()).isEqualTo(backend());
        assertThat(measured.path("workspace").asText()).isEqualTo("overlay");
        assertThat(measured.at("/start_ms/runs")).hasSize(5);
        assertThat(names(measured.path("checkpoint_ms"))).containsExactly("100", "1000");
        assertThat(names(measured.path("start_by_tree_ms"))).containsExactly("100", "1000");
        for (var figure :
                List.of(
                        "/start_ms/median",
                        "/exec_ms/p50",
                        "/exec_ms/p95",
                        "/checkpoint_ms/1000",
                        "/start_by_tree_ms/1000",
                        "/apply_ms",
                        "/host_rss_mb",
                        "/sandbox_rss_mb",
                        "/engine/start/ms",
                        "/engine/start/ratio",
                        "/engine/exec/ms",
                        "/engine/exec/ratio")) {
            assertThat(measured.at(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(Walls.leftovers(backend(), temporary)).isEmpty();
        assertThat(program.run("ls", "--json").json()).isEmpty();
    }

    private static List<String> names(JsonNode json) {
        var names = new ArrayList<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
