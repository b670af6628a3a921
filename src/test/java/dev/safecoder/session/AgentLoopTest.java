package dev.safecoder.session;

import static dev.safecoder.session.LoopBench.calling;
import static dev.safecoder.session.LoopBench.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.Eventually;
import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoopTest {
    private static final Reply DONE = new Reply("Done.", List.of(), Usage.NONE);

    @TempDir private Path temp;
    private LoopBench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new LoopBench(temp);
    }

    @AfterEach
    void end() throws IOException {
        bench.close();
    }

    @Test
    void a_call_is_in_the_file_before_it_runs_and_its_answer_before_the_next_question()
            throws Exception {
        bench.model
                .then(calling("bash", "{'command': 'cp ../conversation.jsonl seen'}"))
                .then(
                        (conversation, _) -> {
                            assertThat(conversation.messages()).isEqualTo(written());
                            return DONE;
                        });

        assertThat(bench.run()).isEmpty();

        assertThat(bench.file("seen")).content().contains("cp ../conversation.jsonl seen");
        assertThat(bench.transcript.messages())
                .isEqualTo(bench.ledger.conversation().messages())
                .hasSize(4);
    }

    private List<Message> written() {
        try {
            return bench.transcript.messages();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void a_turn_that_changes_files_is_one_checkpoint_and_one_that_reads_is_none() throws Exception {
        bench.model
                .then(calling("write_file", "{'path': 'a', 'content': 'b'}"))
                .then(calling("read_file", "{'path': 'a'}"))
                .then(DONE);

        bench.run();

        assertThat(bench.heard)
                .containsOnlyOnce("Agent executed: write_file")
                .noneMatch(line -> line.contains("executed: read_file"));
    }

    @Test
    void an_interrupt_answers_every_open_call_and_the_conversation_goes_on() throws Exception {
        var first = request("call_1", "write_file", "{'path': 'a', 'content': 'b'}");
        var second = request("call_2", "bash", "{'command': 'touch started; sleep 60'}");
        var third = request("call_3", "write_file", "{'path': 'never', 'content': ''}");
        bench.model.then(new Reply("", List.of(first, second, third), Usage.NONE));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var worker = Thread.currentThread();
            threads.submit(
                    () -> {
                        Eventually.holds(
                                "the command runs",
                                Duration.ofSeconds(20),
                                () -> Files.exists(bench.file("started")));
                        worker.interrupt();
                        return null;
                    });
            assertThatThrownBy(() -> bench.run()).isInstanceOf(InterruptedException.class);
        }

        assertThat(bench.answers().stream().map(ToolAnswer::id))
                .containsExactly("call_1", "call_2", "call_3");
        assertThat(bench.answers().get(1).text()).isEqualTo(Transcript.UNANSWERED);
        assertThat(bench.file("never")).doesNotExist();
        assertThat(written()).isEqualTo(bench.ledger.conversation().messages());
        bench.model.then(calling("read_file", "{'path': 'a'}")).then(DONE);
        bench.ledger.keep(new Message.UserText("Go on."));
        assertThat(bench.run()).isEmpty();
        assertThat(bench.answers().getFirst().text()).contains("1: b");
    }

    @Test
    void half_a_call_is_not_run() throws Exception {
        for (var input :
                List.of(
                        JsonNodeFactory.instance.textNode("{\"path\": \"a\", \"cont"),
                        JsonNodeFactory.instance.objectNode())) {
            var whole = request("call_1", "write_file", "{'path': 'whole', 'content': ''}");
            var half = new ToolRequest("call_2", "write_file", input);
            bench.model
                    .then(
                            new Reply(
                                    "",
                                    List.of(whole, half),
                                    Usage.NONE,
                                    Reply.Ending.CUT_OFF,
                                    Optional.empty()))
                    .then(DONE);

            bench.run();

            assertThat(bench.file("whole")).exists();
            assertThat(bench.heard).doesNotContain("started call_2");
            assertThat(bench.answers().get(1).text()).isEqualTo(AgentLoop.CUT_OFF);
        }
    }

    @Test
    void calls_that_may_change_something_run_one_after_the_other() throws Exception {
        bench.model
                .then(
                        new Reply(
                                "",
                                List.of(
                                        request(
                                                "call_1",
                                                "bash",
                                                "{'command': 'sleep 0.2; echo 1 >>a'}"),
                                        request("call_2", "read_file", "{'path': 'a'}"),
                                        request("call_3", "bash", "{'command': 'echo 2 >>a'}")),
                                Usage.NONE))
                .then(DONE);

        bench.run();

        assertThat(bench.answers().get(1).text()).contains("1: 1").doesNotContain("2: 2");
        assertThat(bench.file("a")).hasContent("1\n2\n");
        assertThat(bench.heard.stream().filter(line -> line.contains("call_")))
                .containsExactly(
                        "started call_1",
                        "ended call_1",
                        "started call_2",
                        "ended call_2",
                        "started call_3",
                        "ended call_3");
    }

    @Test
    void calls_that_only_look_are_told_and_answered_in_their_order() throws Exception {
        Files.writeString(bench.file("a"), "one\n");
        bench.model
                .then(
                        new Reply(
                                "",
                                List.of(
                                        request("call_1", "grep", "{'pattern': 'o.e'}"),
                                        request("call_2", "read_file", "{'path': 'missing'}"),
                                        request("call_3", "glob", "{'pattern': '*'}"),
                                        request("call_4", "list_files", "{}")),
                                Usage.NONE))
                .then(DONE);

        bench.run();

        assertThat(bench.answers().stream().map(ToolAnswer::id))
                .containsExactly("call_1", "call_2", "call_3", "call_4");
        assertThat(bench.answers().getFirst().text()).contains("a:1: one");
        assertThat(bench.answers().get(1).outcome()).isEqualTo(ToolAnswer.Outcome.REFUSED);
        assertThat(bench.heard)
                .containsExactly(
                        "started call_1",
                        "started call_2",
                        "started call_3",
                        "started call_4",
                        "ended call_1",
                        "ended call_2",
                        "ended call_3",
                        "ended call_4");
    }

    @Test
    void an_interrupt_in_the_middle_of_looking_leaves_a_valid_conversation() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Files.writeString(bench.file("file" + i), "text\n".repeat(200));
        }
        var looks = new ArrayList<ToolRequest>();
        for (int i = 0; i < 60; i++) {
            looks.add(request("call_" + i, "grep", "{'pattern': 'text %d$'}".formatted(i)));
        }
        bench.model.then(new Reply("", looks, Usage.NONE));
        bench.atEvent("ended call_0", Thread.currentThread()::interrupt);

        assertThatThrownBy(() -> bench.run()).isInstanceOf(InterruptedException.class);

        assertThat(bench.answers().stream().map(ToolAnswer::id))
                .isEqualTo(looks.stream().map(ToolRequest::id).toList());
        assertThat(bench.answers().getFirst().text()).doesNotContain("interrupted");
        assertThat(bench.answers().getLast().text()).isEqualTo(Transcript.UNANSWERED);
        assertThat(bench.ledger.calls()).hasSize(60);
        assertThat(written()).isEqualTo(bench.ledger.conversation().messages());
        bench.model.then(calling("read_file", "{'path': 'file1'}")).then(DONE);
        bench.ledger.keep(new Message.UserText("Go on."));
        assertThat(bench.run()).isEmpty();
        assertThat(bench.answers().getFirst().text()).contains("1: text");
    }

    @Test
    void replies_are_counted_up_to_their_limit() throws Exception {
        IntStream.range(0, 30)
                .forEach(
                        i ->
                                bench.model.then(
                                        calling("bash", "{'command': 'echo %d'}".formatted(i))));

        assertThat(bench.run()).contains(Limit.TURNS);

        assertThat(bench.model.asked()).hasSize(30);
        assertThat(bench.answers()).hasSize(1);
    }

    @Test
    void no_question_is_asked_once_the_money_is_spent() throws Exception {
        var call = calling("bash", "{'command': 'echo hi'}");
        for (int i = 0; i < 3; i++) {
            bench.model.then(call.withUsage(new Usage(1, 1).costing(new BigDecimal("0.4"))));
        }

        assertThat(bench.run(LoopBench.limits(Optional.of("0.8")))).contains(Limit.COST);

        assertThat(bench.model.asked()).hasSize(2);
        assertThat(bench.answers().getFirst().text()).contains("hi");
    }

    @Test
    void a_reply_without_a_price_is_too_dear_for_any_limit() throws Exception {
        bench.model.then(calling("todo", "{}").withUsage(new Usage(1, 1)));

        assertThat(bench.run(LoopBench.limits(Optional.of("1000")))).contains(Limit.COST);
    }

    @Test
    void the_same_call_with_the_same_result_is_noted_and_then_stopped() throws Exception {
        for (int i = 0; i < 20; i++) {
            bench.model.then(calling("bash", "{'command': 'echo same'}"));
        }

        assertThat(bench.run()).contains(Limit.LOOP);

        assertThat(bench.model.asked()).hasSize(Repetition.HOPELESS);
        assertThat(bench.answers().getFirst().text()).contains("call number 10 like this one");
        assertThat(bench.ledger.conversation().messages().stream().map(Object::toString))
                .filteredOn(text -> text.contains("like this one"))
                .hasSize(Repetition.HOPELESS - Repetition.NOTABLE + 1);
    }

    @Test
    void the_same_call_with_another_result_is_no_loop() throws Exception {
        for (int i = 0; i < 20; i++) {
            bench.model.then(calling("bash", "{'command': 'echo >>a; wc -l <a'}"));
        }
        bench.model.then(DONE);

        assertThat(bench.run()).isEmpty();
    }
}
