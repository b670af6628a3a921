package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MCP servers of the user's configuration in a session, on every backend. */
abstract class McpContract {
    @TempDir Path folder;
    private Path project;
    private SafeCoder program;

    abstract String backend();

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        try (var server =
                McpContract.class.getResourceAsStream("/dev/safecoder/tool/mcp/server.py")) {
            Files.copy(server, project.resolve("server.py"));
        }
        program = new SafeCoder(folder.resolve("user"));
    }

    private void configure(String toml) throws IOException {
        Files.writeString(program.config(), toml);
        Files.setPosixFilePermissions(
                program.config(), PosixFilePermissions.fromString("rw-------"));
    }

    private SafeCoder.Finished run(Script script) throws IOException, InterruptedException {
        var finished =
                program.run(
                        List.of(
                                "run",
                                "-p",
                                "x",
                                "--output",
                                "json",
                                "--apply",
                                "clean",
                                "--backend",
                                backend(),
                                "--path",
                                project.toString(),
                                "--model",
                                script.saveIn(folder)));
        assertThat(finished.code()).as(finished.err()).isZero();
        return finished;
    }

    @Test
    void a_servers_work_is_recorded_and_applied_as_any_tools() throws Exception {
        configure(
                """
                [mcp.servers.files]
                command = "python3"
                args = ["server.py"]
                env = { TOKEN = "never-to-be-seen-4242" }

                [mcp.servers.broken]
                command = "python3"
                args = ["server.py", "die"]
                env = { TOKEN = "never-to-be-seen-4242" }

                [mcp.servers.off]
                command = "no-such-program"
                enabled = false
                """);
        var script =
                new Script()
                        .turn("")
                        .tool("mcp__files__say", "text", "hello")
                        .tool("mcp__files__write", "path", "made.txt", "text", "by a server\n")
                        .turn("Done.");

        var finished = run(script);

        var report = finished.json();
        assertThat(report.at("/tool_calls/0/is_error").asBoolean(true)).isFalse();
        assertThat(report.path("checkpoints"))
                .extracting(it -> it.path("message").asText())
                .containsExactly(
                        "Initial snapshot", "Agent executed: mcp__files__say, mcp__files__write");
        assertThat(report.path("changes"))
                .extracting(it -> it.path("path").asText())
                .containsExactly("made.txt");
        assertThat(project.resolve("made.txt")).hasContent("by a server\n");
        assertThat(finished.err())
                .contains("MCP server 'files' in the sandbox: 7 tools")
                .contains("MCP server 'broken' has no tools here: it ended with exit code 3")
                .doesNotContain("'off'")
                .doesNotContain("outside of the wall");
        assertThat(finished.err() + finished.out()).doesNotContain("never-to-be-seen-4242");
        assertThat(kept()).noneMatch(it -> it.contains("never-to-be-seen-4242"));
        assertThat(Walls.leftovers(backend(), program.state())).isEmpty();
    }

    private List<String> kept() throws IOException {
        try (var files = Files.walk(program.state())) {
            return files.filter(Files::isRegularFile)
                    .map(
                            file -> {
                                try {
                                    return Files.readString(file, StandardCharsets.ISO_8859_1);
                                } catch (IOException broken) {
                                    throw new UncheckedIOException(broken);
                                }
                            })
                    .toList();
        }
    }

    @Test
    void a_server_runs_outside_by_the_users_word_alone() throws Exception {
        var outside = Files.createDirectories(folder.resolve("outside"));
        Files.copy(project.resolve("server.py"), outside.resolve("server.py"));
        var script =
                new Script()
                        .turn("")
                        .tool(
                                "mcp__files__write",
                                "path",
                                outside.resolve("made.txt").toString(),
                                "text",
                                "x")
                        .turn("Done.");

        configure("[mcp.servers.files]\ncommand = \"python3\"\nargs = [\"server.py\"]\n");
        run(script);
        assertThat(outside.resolve("made.txt")).doesNotExist();

        configure(
                """
                [mcp.servers.files]
                command = "python3"
                args = ["%s"]
                run_on = "host"
                """
                        .formatted(outside.resolve("server.py")));
        var finished = run(script);
        assertThat(outside.resolve("made.txt")).hasContent("x");
        assertThat(finished.err())
                .contains(
                        "MCP server 'files' runs on this machine, outside of the wall and with your"
                                + " rights; the model can use it")
                .contains("MCP server 'files' on this machine: 7 tools");
    }

    @Test
    void a_projects_own_servers_are_named_and_not_started() throws Exception {
        Files.writeString(
                project.resolve(".mcp.json"),
                """
                {"mcpServers": {"files": {"command": "python3", "args": ["server.py"]}}}
                """);

        var finished = run(new Script().turn("").tool("mcp__files__say").turn("Done."));

        assertThat(finished.err()).contains("The project's .mcp.json is not followed");
        assertThat(finished.json().at("/tool_calls/0/is_error").asBoolean()).isTrue();
    }
}
