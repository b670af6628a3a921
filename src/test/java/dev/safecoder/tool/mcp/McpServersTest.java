package dev.safecoder.tool.mcp;

import static dev.safecoder.tool.mcp.McpBench.hasty;
import static dev.safecoder.tool.mcp.McpBench.input;
import static dev.safecoder.tool.mcp.McpBench.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.ToolResult;
import dev.safecoder.tool.ToolResult.Effect;
import dev.safecoder.tool.mcp.McpServer.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real servers, well-behaved and not, in the sandbox's place and on the host. */
class McpServersTest {
    private McpBench bench;

    @BeforeEach
    void open(@TempDir Path temp) throws Exception {
        bench = McpBench.in(temp);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void a_servers_tools_are_offered_and_answer(Place place) throws Exception {
        bench.start(server("Docs-1", place));

        assertThat(bench.ready).containsExactly("Docs-1 7");
        assertThat(bench.troubles).isEmpty();
        assertThat(bench.names())
                .startsWith("mcp__Docs-1__write", "mcp__Docs-1__say", "mcp__Docs-1__fail");
        assertThat(bench.call("mcp__Docs-1__say", input().put("text", "é \u001b[31m")))
                .isEqualTo(
                        new ToolResult(
                                new ToolAnswer("id", "é ␛[31m", Outcome.DONE),
                                OptionalInt.empty(),
                                "é ␛[31m",
                                Effect.POSSIBLY_CHANGED));
    }

    @Test
    void a_hint_of_harmlessness_is_not_believed() throws Exception {
        bench.start(server("s", Place.SANDBOX));

        var result =
                bench.call("mcp__s__write", input().put("path", "new.txt").put("text", "hello"));

        assertThat(result.readOnly()).isFalse();
        assertThat(result.mayHaveChanged()).isTrue();
        assertThat(bench.path("new.txt")).hasContent("hello");
    }

    @Test
    void results_are_bounded_and_what_is_no_text_is_named() throws Exception {
        bench.start(server("s", Place.SANDBOX));

        assertThat(bench.call("mcp__s__say", input().put("text", "ab").put("times", 50_000)))
                .satisfies(
                        result ->
                                assertThat(result.answer().text())
                                        .hasSizeBetween(30_000, 30_100)
                                        .contains("[... 70000 characters left out ...]"));
        assertThat(bench.say("mcp__s__mixed"))
                .isEqualTo("[image image/png, not shown]\nof a resource\n[resource file:///b]");
        assertThat(bench.call("mcp__s__fail", input()).answer().outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(bench.say("mcp__s__say")).isEqualTo("(no output)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mute    | it did not answer within
                    garbage | it wrote 'I got {"jsonrpc":"2.0","me', which is no message of the protocol
                    die     | it ended with exit code 3: no module named x; TOKEN=(hidden)
                    deaf    | it did not answer within
                    line    | it wrote a line of more than 8 MiB
                    flood   | it wrote 64 MiB that nobody asked for
                    new     | it speaks revision '2026-07-28' of the protocol, and none of 2025-11-25
                    refuses | it refuses: not today
                    """)
    void a_server_that_is_no_good_is_said_once_and_stops_nothing(String mode, String why)
            throws Exception {
        for (var place : Place.values()) {
            bench.troubles.clear();
            var bad = server("bad", place, mode);
            var patient = mode.equals("line") || mode.equals("flood") || mode.equals("die");
            bench.start(patient ? bad : hasty(bad), server("good", Place.SANDBOX));

            assertThat(bench.troubles).as("%s", place).hasSize(1);
            assertThat(bench.troubles.getFirst())
                    .startsWith("MCP server 'bad' has no tools here: ")
                    .contains(why)
                    .endsWith(
                            "; mend [mcp.servers.bad] in your configuration, or set enabled = false there")
                    .doesNotContain(McpBench.TOKEN);
            assertThat(bench.call("mcp__good__say", input().put("text", "x")).answer().text())
                    .isEqualTo("x");
            bench.endTools();
        }
    }

    @Test
    void a_program_that_is_not_there_is_named() throws Exception {
        var inside = server("in", Place.SANDBOX);
        bench.start(with(inside, "no-such-program"), with(server("out", Place.HOST), "no-such"));

        assertThat(bench.troubles)
                .satisfiesExactly(
                        in ->
                                assertThat(in)
                                        .contains("the sandbox has no program 'no-such-program'"),
                        out -> assertThat(out).contains("this machine has no program 'no-such'"));
    }

    private static McpServer with(McpServer server, String program) {
        return new McpServer(
                server.name(),
                List.of(program),
                server.environment(),
                server.place(),
                server.startLimit(),
                server.callLimit(),
                server.tools());
    }

    @ParameterizedTest
    @CsvSource({"banner", "old", "asks"})
    void a_server_with_habits_is_borne(String mode) throws Exception {
        bench.start(server("s", Place.SANDBOX, mode), server("h", Place.HOST, mode));

        assertThat(bench.troubles).isEmpty();
        assertThat(bench.ready).containsExactly("s 7", "h 7");
    }

    @Test
    void names_are_made_valid_and_a_second_of_a_name_is_refused() throws Exception {
        bench.start(server("s", Place.SANDBOX, "clash"));

        assertThat(bench.names()).containsExactly("mcp__s__a_b", "mcp__s__" + "x".repeat(56));
        assertThat(bench.troubles)
                .singleElement()
                .asString()
                .startsWith("MCP server 's' is not used in full: its tool 'a b' would be")
                .contains("the second with the name 'mcp__s__a_b'; its tool 'xxx");
    }

    @Test
    void odd_and_many_tools_are_held_within_bounds() throws Exception {
        bench.start(
                server("odd", Place.SANDBOX, "odd"),
                server("many", Place.SANDBOX, "many"),
                server("pages", Place.SANDBOX, "pages"));

        assertThat(bench.ready).containsExactly("odd 2", "many 128", "pages 3");
        assertThat(bench.troubles)
                .satisfiesExactly(
                        odd ->
                                assertThat(odd)
                                        .contains(
                                                "tool 'huge' is described too badly; tool '' is"
                                                        + " described too badly; mend"),
                        many ->
                                assertThat(many)
                                        .contains("172 tools are more than the 128 it may have"));
        assertThat(bench.toolbox().definitions())
                .filteredOn(tool -> tool.name().equals("mcp__odd__half_"))
                .singleElement()
                .satisfies(tool -> assertThat(tool.description()).isEqualTo("\uFFFD␀"));
    }

    @Test
    void only_the_tools_that_the_user_named_are_offered() throws Exception {
        var server = server("s", Place.SANDBOX);
        bench.start(
                new McpServer(
                        "s",
                        server.command(),
                        server.environment(),
                        server.place(),
                        server.startLimit(),
                        server.callLimit(),
                        Optional.of(Set.of("say", "gone"))));

        assertThat(bench.names()).containsExactly("mcp__s__say");
        assertThat(bench.troubles).singleElement().asString().contains("it has no tool 'gone'");
    }

    @Test
    void a_call_that_hangs_is_called_off_and_the_next_one_works() throws Exception {
        bench.start(hasty(server("s", Place.SANDBOX)));

        assertThat(bench.say("mcp__s__hang"))
                .isEqualTo("MCP server 's' gave no answer: it did not answer within 1 s");
        assertThat(bench.say("mcp__s__seen")).isEqualTo("True");
    }

    @Test
    void an_interrupt_calls_the_call_off() throws Exception {
        bench.start(server("s", Place.SANDBOX));
        var ended = new CompletableFuture<Boolean>();
        var caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        bench.say("mcp__s__hang");
                                        ended.complete(false);
                                    } catch (InterruptedException stopped) {
                                        ended.complete(true);
                                    }
                                });
        Eventually.holds(
                "the call waits",
                Duration.ofSeconds(5),
                () -> caller.getState() == Thread.State.TIMED_WAITING);

        caller.interrupt();

        assertThat(ended.get()).isTrue();
        assertThat(bench.say("mcp__s__seen")).isEqualTo("True");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void a_server_that_dies_says_so_and_shows_no_secret(Place place) throws Exception {
        bench.start(server("s", place));

        assertThat(bench.say("mcp__s__die"))
                .isEqualTo(
                        "MCP server 's' gave no answer: it ended with exit code 3: key (hidden) is wrong");
        assertThat(bench.call("mcp__s__say", input()).answer().outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(
                        bench.toolbox()
                                .run(
                                        new ToolRequest(
                                                "id", "bash", input().put("command", "echo y"))))
                .satisfies(result -> assertThat(result.answer().text()).startsWith("y\n"));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void nothing_of_a_server_outlives_its_tools(Place place, @TempDir Path temp) throws Exception {
        var mark = temp.resolve("pid");
        bench.start(server("s", place, "child", mark.toString()));
        Eventually.holds("it has a child", Duration.ofSeconds(5), () -> !pid(mark).isEmpty());
        long child = Long.parseLong(pid(mark));
        assertThat(ProcessHandle.of(child)).isPresent();

        bench.endTools();

        Eventually.holds(
                "the child is gone",
                Duration.ofSeconds(5),
                () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    private static String pid(Path mark) throws Exception {
        return Files.exists(mark) ? Files.readString(mark) : "";
    }

    @Test
    void a_server_never_shows_its_environment() {
        assertThat(server("s", Place.HOST).toString()).isEqualTo("MCP server 's'");
    }
}
