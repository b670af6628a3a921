package dev.safecoder.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.ModelException;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.Verbatim;
import dev.safecoder.model.Verbatim.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueTest {
    private static final Reply DONE = new Reply("Done.", List.of(), Usage.NONE);
    private static final Reply SUMMARY = new Reply("What was done.", List.of(), new Usage(50, 5));

    private static final Picture DOT = new Picture("dot.png", Picture.Format.PNG, "iVBORw0KGgo=");

    @TempDir private Path folder;
    private final List<String> heard = new ArrayList<>();
    private ScriptedReplies model = new ScriptedReplies();
    private Transcript transcript;
    private Ledger ledger;

    @BeforeEach
    void begin() {
        transcript = new Transcript(folder.resolve("conversation.jsonl"));
        ledger = new Ledger(transcript, new Conversation("system", List.of(), List.of()));
    }

    private Dialogue dialogue() {
        return new Dialogue(model, OptionalLong.empty(), ledger, new Hearing());
    }

    /** A prompt, and a number of calls whose outputs have this many characters. */
    private void work(int calls, int characters) throws IOException {
        ledger.keep(new Message.UserText("Mend the test."));
        for (int i = 0; i < calls; i++) {
            call("call_" + i, "x".repeat(characters));
        }
    }

    private void call(String id, String output) throws IOException {
        var request = new ToolRequest(id, "bash", JsonNodeFactory.instance.objectNode());
        var thought = new Verbatim("test:scripted", JsonNodeFactory.instance.arrayNode());
        ledger.keep(
                new Message.ModelReply(
                        new Reply(
                                "I look.",
                                List.of(request),
                                Usage.NONE,
                                Reply.Ending.WHOLE,
                                Optional.of(thought))));
        ledger.keep(new Message.ToolAnswers(List.of(new ToolAnswer(id, output, Outcome.DONE))));
    }

    private List<Message> messages() {
        return ledger.conversation().messages();
    }

    @Test
    void what_fits_is_sent_as_it_is() throws Exception {
        work(3, 1_000);
        model.withWindow(10_000).then(DONE);

        assertThat(dialogue().ask()).isEqualTo(DONE);

        assertThat(model.asked().getFirst().messages()).isEqualTo(transcript.messages());
        assertThat(heard).isEmpty();
    }

    @Test
    void old_outputs_lose_their_middle_before_anything_else_goes() throws Exception {
        work(12, 3_500);
        var before = List.copyOf(messages());
        model.withWindow(14_000).then(DONE);

        dialogue().ask();

        assertThat(heard).containsExactly("shortened");
        assertThat(messages()).hasSameSizeAs(before).isEqualTo(transcript.messages());
        assertThat(output(2)).hasSizeLessThan(600).contains("characters are left out");
        assertThat(messages().getLast()).isEqualTo(before.getLast());
        assertThat(messages().stream().filter(it -> it instanceof Message.ModelReply))
                .allSatisfy(it -> assertThat(past(it)).isEqualTo(Past.REWRITTEN));
    }

    private String output(int index) {
        return ((Message.ToolAnswers) messages().get(index)).answers().getFirst().text();
    }

    private static Past past(Message reply) {
        return ((Message.ModelReply) reply).reply().verbatim().orElseThrow().past();
    }

    @Test
    void a_summary_stands_for_what_shortening_does_not_make_fit() throws Exception {
        for (int i = 0; i < 12; i++) {
            ledger.keep(new Message.UserText("tell ".repeat(700)));
            ledger.keep(new Message.ModelReply(DONE));
        }
        ledger.keep(new Message.UserText("And now?"));
        model.withWindow(10_000).then(SUMMARY).then(DONE);

        dialogue().ask();

        assertThat(heard).containsExactly("compacting", "summarised");
        assertThat(messages()).isEqualTo(transcript.messages());
        assertThat(messages().getFirst())
                .isInstanceOfSatisfying(
                        Message.Summary.class,
                        summary -> assertThat(summary.text()).endsWith("What was done."));
        assertThat(messages().getLast()).isEqualTo(new Message.UserText("And now?"));
        assertThat(ledger.usage().inputTokens()).isEqualTo(50);
    }

    @Test
    void no_cut_parts_an_answer_from_its_request() throws Exception {
        for (int calls = 1; calls < 9; calls++) {
            begin();
            Files.deleteIfExists(folder.resolve("conversation.jsonl"));
            work(calls, 700);
            model = new ScriptedReplies().withWindow(1_000);
            model.then(SUMMARY).then(SUMMARY).then(SUMMARY).then(SUMMARY);
            dialogue().compact("");

            assertPaired(messages());
            model.asked().forEach(it -> assertPaired(it.messages()));
        }
    }

    /** What every provider demands. */
    private static void assertPaired(List<Message> messages) {
        for (int i = 0; i < messages.size(); i++) {
            boolean asks =
                    messages.get(i) instanceof Message.ModelReply(var reply)
                            && !reply.requests().isEmpty();
            boolean answered =
                    i + 1 < messages.size() && messages.get(i + 1) instanceof Message.ToolAnswers;
            assertThat(answered).as(messages.toString()).isEqualTo(asks);
        }
    }

    @Test
    void what_the_provider_finds_too_long_is_made_shorter_and_sent_again() throws Exception {
        work(12, 3_500);
        model.then(overflow()).then(DONE);

        assertThat(dialogue().ask()).isEqualTo(DONE);

        assertThat(heard).containsExactly("shortened");
        assertThat(model.asked()).hasSize(2);
    }

    @Test
    void a_failure_that_is_no_overflow_changes_nothing() throws Exception {
        work(12, 3_500);
        var before = List.copyOf(messages());
        model.then(
                (_, _) -> {
                    throw new ModelException("no", "no", null);
                });

        assertThatThrownBy(() -> dialogue().ask()).hasMessage("no");
        assertThat(messages()).isEqualTo(before);
    }

    @Test
    void after_three_times_in_a_row_it_stops() throws Exception {
        work(12, 3_500);
        for (int i = 0; i < 9; i++) {
            model.then(
                    (conversation, _) -> {
                        if (isAboutASummary(conversation)) {
                            return SUMMARY;
                        }
                        throw new Overflow();
                    });
        }

        assertThatThrownBy(() -> dialogue().ask())
                .hasMessageContaining("made shorter 3 times in a row");

        assertThat(heard)
                .containsExactly("shortened", "shortened", "compacting", "summarised", "shortened");
        assertThat(messages()).hasSizeLessThan(6).isEqualTo(transcript.messages());
    }

    @Test
    void a_model_that_takes_no_pictures_goes_on_without_those_that_another_one_saw()
            throws Exception {
        var shown = new Message.UserText("What is this?", List.of(DOT));
        ledger.keep(shown);
        ledger.keep(new Message.ModelReply(new Reply("A dot.", List.of(), Usage.NONE)));
        ledger.keep(new Message.UserText("And now?"));
        model.then(DONE).then(SUMMARY);

        dialogue().ask();
        model.withoutSight().then(DONE);
        dialogue().compact("");
        dialogue().ask();

        assertThat(model.asked().getFirst().messages()).contains(shown);
        assertThat(model.asked().subList(1, 3))
                .allSatisfy(asked -> assertThat(asked.pictures()).isEmpty());
        assertThat(((Message.UserText) model.asked().get(1).messages().getFirst()).text())
                .isEqualTo(
                        "[The picture 'dot.png' is left out: you cannot see any.]\nWhat is this?");
        assertThat(transcript.messages()).isEqualTo(messages());
    }

    private static boolean isAboutASummary(Conversation conversation) {
        return conversation.messages().getLast() instanceof Message.UserText(var text, _)
                && text.startsWith("Stop working");
    }

    @Test
    void a_window_that_is_too_small_for_each_turn_ends_after_three_summaries() throws Exception {
        model.withWindow(3_000);
        for (int i = 0; i < 9; i++) {
            model.then(SUMMARY).then(DONE);
        }
        var dialogue = dialogue();

        assertThatThrownBy(
                        () -> {
                            while (true) {
                                ledger.keep(new Message.UserText("tell ".repeat(2_000)));
                                ledger.keep(new Message.ModelReply(dialogue.ask()));
                            }
                        })
                .hasMessageContaining("stays longer than 'test:scripted' can read");
    }

    @Test
    void the_estimate_follows_what_the_provider_counts() throws Exception {
        work(1, 7_000);
        var dialogue = dialogue();
        assertThat(dialogue.fill().tokens()).isBetween(2_000L, 2_100L);
        model.then(new Reply("Done.", List.of(), new Usage(4_100, 3)));

        dialogue.ask();

        assertThat(dialogue.fill()).isEqualTo(new ContextFill(4_100, OptionalLong.empty()));
    }

    @Test
    void what_was_heard_of_an_interrupted_reply_stays() throws Exception {
        ledger.keep(new Message.UserText("Tell me."));
        model.then(
                (_, listener) -> {
                    listener.text("void");
                    listener.waiting(Duration.ZERO, "busy");
                    listener.text("Once upon");
                    throw new InterruptedException();
                });

        assertThatThrownBy(() -> dialogue().ask()).isInstanceOf(InterruptedException.class);

        assertThat(ledger.lastWords()).isEqualTo("Once upon");
        assertThat(messages()).hasSize(2).isEqualTo(transcript.messages());
    }

    @Test
    void a_rewind_to_before_a_summary_goes_back_to_the_whole() throws Exception {
        work(2, 700);
        transcript.checkpoint(1, 0);
        var before = List.copyOf(messages());
        model.then(SUMMARY);
        assertThat(dialogue().compact("the tests")).isTrue();
        assertThat(lastPrompt()).endsWith("Above all: the tests");
        assertThat(transcript.messages()).isEqualTo(messages()).hasSize(1);
        ledger.keep(new Message.UserText("more"));
        transcript.checkpoint(2, 0);
        ledger.keep(new Message.UserText("even more"));

        transcript.rewind(2);
        assertThat(transcript.messages()).hasSize(2);
        transcript.rewind(1);
        assertThat(transcript.messages()).isEqualTo(before);
    }

    private String lastPrompt() {
        return ((Message.UserText) model.asked().getLast().messages().getLast()).text();
    }

    @Test
    void a_model_that_gives_no_summary_leaves_the_conversation_as_it_was() throws Exception {
        work(2, 700);
        var before = List.copyOf(messages());
        model.then(new Reply("", List.of(), Usage.NONE));

        assertThatThrownBy(() -> dialogue().compact("")).hasMessageContaining("gave no summary");
        assertThat(transcript.messages()).isEqualTo(before).isEqualTo(messages());
    }

    private static ScriptedReplies.Act overflow() {
        return (_, _) -> {
            throw new Overflow();
        };
    }

    private static final class Overflow extends ModelException {
        Overflow() {
            super("too long", "none", null);
        }

        @Override
        public boolean isOverflow() {
            return true;
        }
    }

    /** Writes down what is said of compactions. */
    private final class Hearing implements SessionListener {
        @Override
        public void compacting() {
            heard.add("compacting");
        }

        @Override
        public void compacted(String kind, long tokensBefore, long tokensAfter) {
            assertThat(tokensAfter).isLessThan(tokensBefore);
            heard.add(kind);
        }

        @Override
        public void text(String more) {}

        @Override
        public void replied(Usage usage) {}

        @Override
        public void toolStarted(ToolRequest request) {}

        @Override
        public void toolEnded(ToolCall call) {}

        @Override
        public void checkpointTaken(Checkpoint checkpoint) {}

        @Override
        public void note(String line) {}
    }
}
