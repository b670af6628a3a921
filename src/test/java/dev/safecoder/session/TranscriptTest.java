package dev.safecoder.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.Message;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.Verbatim;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
    private static final Message PROMPT = new Message.UserText("mend it\nplease\u2028");
    private static final ToolRequest REQUEST =
            new ToolRequest(
                    "call_1",
                    "bash",
                    JsonNodeFactory.instance.objectNode().put("command", "make test"));
    private static final Message REPLY =
            new Message.ModelReply(new Reply("I look.", List.of(REQUEST), new Usage(12, 7)));
    private static final Message ANSWERS =
            new Message.ToolAnswers(List.of(new ToolAnswer("call_1", "ok", Outcome.DONE)));

    @TempDir private Path folder;

    @Test
    void what_was_written_is_read_again() throws IOException {
        var transcript = written(PROMPT, REPLY, ANSWERS);

        assertThat(transcript.messages()).containsExactly(PROMPT, REPLY, ANSWERS);
    }

    @Test
    void what_a_provider_wants_back_is_kept_with_what_it_cost() throws IOException {
        var reply =
                new Reply(
                        "I look.",
                        List.of(REQUEST),
                        new Usage(12, 7, 4, 2, Optional.of(new BigDecimal("0.00120"))),
                        Reply.Ending.CUT_OFF,
                        Optional.of(new Verbatim("a:b", JsonNodeFactory.instance.arrayNode())));
        var transcript = written(new Message.ModelReply(reply), ANSWERS);

        assertThat(transcript.messages()).containsExactly(new Message.ModelReply(reply), ANSWERS);
    }

    @Test
    void pictures_are_kept_with_their_prompt() throws IOException {
        var pictures =
                List.of(
                        new Picture("dot.png", Picture.Format.PNG, "iVBORw0KGgo="),
                        new Picture("a b.webp", Picture.Format.WEBP, "UklGRgAAAABXRUJQ"));
        var prompt = new Message.UserText("what is this?", pictures);

        assertThat(written(prompt).messages()).containsExactly(prompt);
        assertThat(Files.readString(file()).lines()).hasSize(1);
    }

    @Test
    void nothing_was_said_yet() throws IOException {
        assertThat(written().messages()).isEmpty();
    }

    @Test
    void requests_that_were_never_answered_get_an_answer() throws IOException {
        var transcript = written(PROMPT, REPLY);

        assertThat(transcript.messages())
                .containsExactly(PROMPT, REPLY, Transcript.unanswered(List.of(REQUEST)));
    }

    @Test
    void a_line_that_a_crash_cut_off_is_dropped_at_every_byte() throws IOException {
        written(PROMPT, REPLY, ANSWERS);
        var whole = Files.readString(file());
        int lastLine = whole.lastIndexOf('\n', whole.length() - 2) + 1;

        for (int length = lastLine + 1; length < whole.length() - 1; length++) {
            Files.writeString(file(), whole.substring(0, length));

            assertThat(new Transcript(file()).messages())
                    .containsExactly(PROMPT, REPLY, Transcript.unanswered(List.of(REQUEST)));
        }
    }

    @Test
    void a_rewind_goes_back_to_where_the_checkpoint_was_taken() throws IOException {
        var transcript = written(PROMPT, REPLY);
        transcript.checkpoint(1, 1);
        transcript.append(ANSWERS);
        transcript.append(new Message.UserText("more"));
        transcript.checkpoint(2, 0);
        transcript.append(new Message.UserText("even more"));

        transcript.rewind(2);
        assertThat(transcript.messages())
                .containsExactly(PROMPT, REPLY, ANSWERS, new Message.UserText("more"));
        transcript.rewind(1);
        assertThat(transcript.messages()).containsExactly(PROMPT, REPLY, ANSWERS);
        transcript.append(new Message.UserText("another way"));
        assertThat(transcript.messages())
                .containsExactly(PROMPT, REPLY, ANSWERS, new Message.UserText("another way"));
        transcript.rewind(0);
        assertThat(transcript.messages()).isEmpty();
    }

    @Test
    void a_rewind_into_the_middle_of_a_reply_answers_what_came_later() throws IOException {
        var second = new ToolRequest("call_2", "bash", REQUEST.input());
        var reply =
                new Message.ModelReply(new Reply("", List.of(REQUEST, second), new Usage(1, 1)));
        var transcript = written(PROMPT, reply);
        transcript.checkpoint(1, 1);
        transcript.checkpoint(2, 2);
        transcript.append(
                new Message.ToolAnswers(
                        List.of(
                                new ToolAnswer("call_1", "ok", Outcome.DONE),
                                new ToolAnswer("call_2", "ok", Outcome.DONE))));

        transcript.rewind(1);

        assertThat(transcript.messages())
                .containsExactly(
                        PROMPT,
                        reply,
                        new Message.ToolAnswers(
                                List.of(
                                        new ToolAnswer("call_1", "ok", Outcome.DONE),
                                        new ToolAnswer(
                                                "call_2",
                                                TranscriptCourse.REWOUND,
                                                Outcome.REFUSED))));
    }

    @Test
    void a_session_goes_on_after_a_crash_at_every_byte() throws IOException {
        written(PROMPT, REPLY, ANSWERS);
        var whole = Files.readString(file());
        int lastLine = whole.lastIndexOf('\n', whole.length() - 2) + 1;
        var more = new Message.UserText("more");

        for (int length = lastLine; length < whole.length() - 1; length++) {
            Files.writeString(file(), whole.substring(0, length));
            new Transcript(file()).append(more);

            assertThat(new Transcript(file()).messages())
                    .containsExactly(PROMPT, REPLY, Transcript.unanswered(List.of(REQUEST)), more);
        }
    }

    private Transcript written(Message... messages) throws IOException {
        var transcript = new Transcript(file());
        for (var message : messages) {
            transcript.append(message);
        }
        return transcript;
    }

    private Path file() {
        return folder.resolve("conversation.jsonl");
    }
}
