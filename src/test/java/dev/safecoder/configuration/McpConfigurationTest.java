package dev.safecoder.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.configuration.Settings.McpServer;
import dev.safecoder.configuration.Settings.RunOn;
import dev.safecoder.configuration.Settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpConfigurationTest {
    @TempDir private Path folder;

    @Test
    void servers_are_read_in_their_order() throws IOException {
        write(
                """
                [mcp.servers.docs]
                command = "npx"
                args = ["-y", "docs-server"]
                env = { TOKEN = "t-1" }
                run_on = "host"
                start_timeout_s = 60
                call_timeout_s = 5
                tools = ["search"]

                [mcp.servers.b]
                command = "b"

                [mcp.servers.off]
                command = "c"
                enabled = false
                """);

        assertThat(load().settings().mcpServers())
                .containsExactly(
                        new McpServer(
                                "docs",
                                List.of("npx", "-y", "docs-server"),
                                Map.of("TOKEN", new Secret("t-1")),
                                RunOn.HOST,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(5),
                                Optional.of(List.of("search"))),
                        new McpServer(
                                "b",
                                List.of("b"),
                                Map.of(),
                                RunOn.SANDBOX,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(120),
                                Optional.empty()));
        assertThat(load().settings().toString()).doesNotContain("t-1");
        assertThat(load().shown())
                .filteredOn(shown -> shown.key().equals("mcp.servers.docs.env"))
                .singleElement()
                .satisfies(
                        shown -> {
                            assertThat(shown.value()).isEqualTo("{TOKEN=(hidden)}");
                            assertThat(shown.origin()).isEqualTo(file() + ", line 4");
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [mcp.server.a]               | 1: there is no key 'mcp.server'                          | write 'mcp.servers'; known are mcp.servers
                    [mcp]~servers = 1            | 2: 'mcp.servers' cannot be a value                       | set it to [mcp.servers]
                    [mcp.servers."a b"]          | 1: 'mcp.servers' cannot be of 'a b'                      | set it to a name of 1 to 24 letters, digits, - and _
                    [mcp.servers.a]              | 1: 'mcp.servers.a.command' cannot be left out            | set it to the name or path of a program
                    [mcp.servers.a]~comand = "x" | 2: there is no key 'mcp.servers.a.comand'                | write 'mcp.servers.a.command'; known are mcp.servers.a.command, mcp.servers.a.args, mcp.servers.a.env, mcp.servers.a.run_on, mcp.servers.a.start_timeout_s, mcp.servers.a.call_timeout_s, mcp.servers.a.tools, mcp.servers.a.enabled
                    [mcp.servers.a]~run_on = "x" | 2: 'mcp.servers.a.run_on' cannot be "x"                  | set it to one of sandbox, host
                    [mcp.servers.a]~args = "x"   | 2: 'mcp.servers.a.args' cannot be "x"                    | set it to a list such as ["-m", "my_server"]
                    [mcp.servers.a]~env = "sk-1" | 2: 'mcp.servers.a.env' cannot be what it is              | set it to a table such as { TOKEN = "…" }
                    [mcp.servers.a]~env={"A-B"=""} | 2: 'mcp.servers.a.env' cannot be what it is            | set it to a table such as { TOKEN = "…" }
                    [mcp.servers.a]~call_timeout_s = 0 | 2: 'mcp.servers.a.call_timeout_s' cannot be 0      | set it to a whole number of seconds from 1 to 86400
                    """)
    void what_cannot_be_followed_is_named_with_its_line(String toml, String where, String remedy)
            throws IOException {
        write(toml.replace('~', '\n') + "\n");

        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> {
                            assertThat(wrong.problem()).isEqualTo(file() + ", line " + where);
                            assertThat(wrong.remedy()).isEqualTo(remedy);
                        });
    }

    @Test
    void a_file_with_an_environment_is_the_users_alone() throws IOException {
        write("[mcp.servers.a]\ncommand = \"a\"\nenv = { TOKEN = \"t-1\" }\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(this::load)
                .hasMessage(file() + " holds 'mcp.servers.a.env' and other users can read it");
    }

    @Test
    void the_environment_of_the_process_cannot_add_a_server() {
        var environment =
                Map.of(
                        "SAFE_CODER_CONFIG",
                        file().toString(),
                        "SAFE_CODER_MCP_SERVERS_A_COMMAND",
                        "sh");

        assertThatThrownBy(
                        () ->
                                Configuration.load(
                                        new ConfigurationPlaces(environment, folder, folder),
                                        Map.of()))
                .hasMessageContaining("SAFE_CODER_MCP_SERVERS_A_COMMAND");
    }

    private Configuration load() {
        return Configuration.load(
                new ConfigurationPlaces(
                        Map.of("SAFE_CODER_CONFIG", file().toString()), folder, folder),
                Map.of());
    }

    private void write(String toml) throws IOException {
        Files.writeString(file(), toml);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    private Path file() {
        return folder.resolve("config.toml");
    }
}
