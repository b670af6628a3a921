package dev.safecoder.tool;

import static dev.safecoder.threat.ThreatCase.H1;
import static dev.safecoder.threat.ThreatCase.H3;
import static dev.safecoder.threat.ThreatCase.I8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.GuestException;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.threat.Threat;
import dev.safecoder.tool.ToolResult.Effect;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BashToolTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Workbench bench;

    @BeforeEach
    void open(@TempDir Path temp) throws Exception {
        bench = Workbench.in(temp);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ToolResult bash(String command) throws InterruptedException {
        return bench.bash(command);
    }

    private String said(String command) throws InterruptedException {
        return bash(command).answer().text();
    }

    @Test
    void the_exit_code_is_always_said() throws Exception {
        assertThat(said("true")).isEqualTo("(no output)\n[exit code 0]");
        assertThat(said("printf x; exit 7")).isEqualTo("x\n[exit code 7]");
        assertThat(bash("kill -9 $$").exitCode()).isEqualTo(OptionalInt.of(137));
        assertThat(said("kill -9 $$")).isEqualTo("(no output)\n[ended by signal 9, exit code 137]");
    }

    @Test
    void output_and_errors_keep_their_order() throws Exception {
        assertThat(said("for i in 1 2 3; do echo out $i; echo err $i >&2; done"))
                .isEqualTo("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n[exit code 0]");
    }

    @Test
    void it_is_bash_where_the_image_has_it() throws Exception {
        assertThat(said("[[ a == a ]] && echo ${BASH_VERSION:+bash}"))
                .isEqualTo("bash\n[exit code 0]");
    }

    @Test
    void the_environment_is_made_from_nothing_but_for_where_programs_lie() throws Exception {
        assertThat(said("env -u PWD -u SHLVL -u _ -u OLDPWD env | grep -v ^_= | sort"))
                .isEqualTo(
                        """
                        GIT_PAGER=cat
                        GIT_TERMINAL_PROMPT=0
                        HOME=/home/agent
                        LANG=C.UTF-8
                        PAGER=cat
                        PATH=/usr/local/bin:/usr/bin:/bin
                        SAFE_CODER=1
                        TERM=dumb
                        [exit code 0]""");
    }

    @Test
    void it_starts_where_it_is_told() throws Exception {
        bench.put("sub/x", "");
        assertThat(said("ls")).isEqualTo("sub\n[exit code 0]");
        assertThat(bench.answer("bash", "{'command':'ls','workdir':'/workspace/sub'}"))
                .isEqualTo("x\n[exit code 0]");
        var lost = bench.call("bash", "{'command':'ls','workdir':'nowhere'}");
        assertThat(lost.answer().text())
                .isEqualTo("not started: its folder: no such file or folder");
        assertThat(lost.effect()).isEqualTo(Effect.UNTOUCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "echo \0"})
    void a_line_that_is_none_is_refused(String line) throws Exception {
        assertThat(bash(line).answer().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_line_that_is_too_long_is_refused_and_the_longest_runs() throws Exception {
        assertThat(said("#" + "x".repeat(50_000))).startsWith("'command' is longer than 50,000");
        assertThat(said("#" + "x".repeat(49_999))).isEqualTo("(no output)\n[exit code 0]");
    }

    @Test
    void time_that_is_over_ends_the_command_and_keeps_what_it_wrote() throws Exception {
        var result =
                bench.call(
                        "bash", "{'command':'echo first; sleep 60 & sleep 60','timeout_ms':300}");
        assertThat(result.answer().text())
                .isEqualTo(
                        "first\n[timed out after 300 ms and was stopped with all that it had"
                                + " started]");
        assertThat(result.exitCode()).isEqualTo(OptionalInt.empty());
        assertThat(result.answer().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.mayHaveChanged()).isTrue();
    }

    @Test
    void it_returns_when_the_shell_ends_though_a_child_holds_the_pipe() throws Exception {
        long start = System.nanoTime();
        assertThat(said("sleep 30 & echo done"))
                .isEqualTo(
                        "done\n[exit code 0; 1 process that it had left running was stopped; use"
                                + " background to keep such]");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    }

    @Test
    void long_output_keeps_its_head_and_tail() throws Exception {
        var text = said("seq 1 100000");
        assertThat(text).startsWith("1\n2\n3\n");
        assertThat(text)
                .contains("\n[... 558895 characters left out ...]\n")
                .endsWith("\n99999\n100000\n[exit code 0; 588895 bytes of output]");
        assertThat(text.length()).isLessThan(30_200);
    }

    @Test
    @Threat(H3)
    void what_is_no_text_is_replaced_and_no_control_reaches_the_model() throws Exception {
        var plainly = new ByteArrayOutputStream();
        bench.guest().run(RealGuest.shell("printf '\\033]0;x\\007'"), into(plainly));
        assertThat(plainly.toString(StandardCharsets.UTF_8)).contains("\u001b]0;"); // unencoded
        assertThat(said("printf 'a\\377b\\000c\\033[2J\\033]52;c;eA==\\007d\\302\\233e\\n'"))
                .isEqualTo("a\uFFFDb␀c␛[2J␛]52;c;eA==␇d\uFFFDe\n[exit code 0]");
        var garbage = said("head -c 200000 /dev/urandom");
        assertThat(garbage.chars().filter(one -> one < 0x20 && one != '\n' && one != '\t'))
                .isEmpty();
        assertThat(new String(garbage.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(garbage);
    }

    private static CommandOutput into(ByteArrayOutputStream bytes) {
        return new CommandOutput() {
            @Override
            public void out(byte[] piece) {
                bytes.writeBytes(piece);
            }

            @Override
            public void err(byte[] piece) {
                bytes.writeBytes(piece);
            }
        };
    }

    @Test
    @Threat(H1)
    void a_command_that_writes_without_end_is_stopped() throws Exception {
        var result = bash("yes");
        assertThat(result.answer().text()).startsWith("y\ny\n");
        assertThat(result.answer().text().substring(29_000))
                .contains(
                        "\n[stopped because it wrote more than 64 MiB; send its output to a file; ");
        assertThat(result.answer().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.answer().text().length()).isLessThan(30_200);
    }

    @Test
    @Threat(H1)
    void one_line_of_two_gibibytes_costs_no_more_memory_than_its_head_and_tail() throws Exception {
        var naive = new ByteArrayOutputStream();
        var bounded = new CapturedOutput();
        var piece = "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < 400; sent++) {
            bounded.out(piece);
            naive.writeBytes(piece);
        }
        assertThat(naive.size()).isGreaterThan(20_000_000); // what holds it all
        assertThat(bounded.takeText().length()).isLessThan(30_200);
        assertThat(said("head -c 2147483648 /dev/zero | tr '\\0' x").substring(29_000))
                .contains(
                        "\n[stopped because it wrote more than 64 MiB; send its output to a file; ");
    }

    /** The process whose number a command writes to a file. */
    private long pidIn(String name) throws Exception {
        Eventually.holds(
                "it runs",
                LIMIT,
                () -> Files.exists(bench.path(name)) && bench.content(name).endsWith("\n"));
        return Long.parseLong(bench.content(name).strip());
    }

    @Test
    void an_interrupt_ends_the_command() throws Exception {
        var ended = new CompletableFuture<Throwable>();
        var call =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        bash("echo $$ > pid; sleep 60; touch survived");
                                        ended.complete(new AssertionError("it ran to its end"));
                                    } catch (InterruptedException interrupted) {
                                        ended.complete(interrupted);
                                    }
                                });
        long shell = pidIn("pid");
        call.interrupt();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        Eventually.holds("it ended", LIMIT, () -> ProcessHandle.of(shell).isEmpty());
    }

    @Test
    @Threat(I8)
    void a_dead_sandbox_is_no_answer() {
        bench.guest().close();
        assertThatThrownBy(() -> bash("true")).isInstanceOf(GuestException.class);
    }

    @Test
    void a_background_command_gives_its_new_output_and_its_state() throws Exception {
        var started =
                bench.call(
                        "bash",
                        "{'command':'echo one; until test -e go; do sleep 0.01; done; echo two; exit 4','background':true}");
        assertThat(started.answer().text())
                .isEqualTo(
                        "Started in the background as b1. bash_output gives what it says, bash_kill"
                                + " ends it.");
        assertThat(started.mayHaveChanged()).isTrue();
        var seen = new StringBuilder();
        Eventually.holds("one", LIMIT, () -> seen.append(look()).indexOf("one\n[running]") >= 0);
        assertThat(look()).isEqualTo("(no new output)\n[running]");
        bench.put("go", "");
        Eventually.holds("two", LIMIT, () -> seen.append(look()).indexOf("[exit code 4]") >= 0);
        assertThat(seen.toString()).containsOnlyOnce("one\n").containsOnlyOnce("two\n");
        assertThat(look()).isEqualTo("(no new output)\n[exit code 4]");
    }

    private String look() throws InterruptedException {
        return bench.answer("bash_output", "{'id':'b1'}");
    }

    @Test
    void a_background_command_is_killed_with_its_children() throws Exception {
        bench.call(
                "bash", "{'command':'sleep 60 & echo $! > pid; echo up; wait','background':true}");
        Eventually.holds("it is up", LIMIT, () -> look().startsWith("up\n"));
        long child = pidIn("pid");
        assertThat(bench.answer("bash_kill", "{'id':'b1'}"))
                .startsWith("(no new output)\n[ended by signal 9, exit code 137");
        assertThat(bench.answer("bash_kill", "{'id':'b1'}"))
                .startsWith("(no new output)\n[ended by signal 9, exit code 137");
        Eventually.holds("the child ended", LIMIT, () -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void background_commands_are_few_and_end_with_the_toolbox() throws Exception {
        for (int number = 1; number <= BackgroundCommands.MOST_RUNNING; number++) {
            bench.call(
                    "bash",
                    "{'command':'echo $$ > pid%d; sleep 60','background':true}".formatted(number));
        }
        long last = pidIn("pid" + BackgroundCommands.MOST_RUNNING);
        var ninth = bench.call("bash", "{'command':'sleep 60','background':true}");
        assertThat(ninth.answer().text())
                .isEqualTo(
                        "8 commands run in the background already; end one with bash_kill first");
        assertThat(ninth.mayHaveChanged()).isFalse();
        assertThat(bench.answer("bash_output", "{'id':'b9'}"))
                .isEqualTo(
                        "There is no background command 'b9'; there are: b1, b2, b3, b4, b5, b6, b7,"
                                + " b8");
        bench.toolbox().close();
        Eventually.holds("it ended", LIMIT, () -> ProcessHandle.of(last).isEmpty());
    }

    @Test
    void a_background_command_that_writes_without_end_is_stopped() throws Exception {
        bench.call("bash", "{'command':'yes','background':true}");
        Eventually.holds("stopped", LIMIT, () -> look().contains("stopped because it wrote more"));
    }
}
