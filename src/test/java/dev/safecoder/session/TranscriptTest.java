package dev.safecoder.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
