package dev.safecoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.SessionId;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.workspace.WorkspaceMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationPageTest {
    private static final SessionRecord SESSION =
            new SessionRecord(
                    new SessionId("abcdefgh"),
                    Path.of("/p"),
                    BackendName.DOCKER,
                    WorkspaceMode.OVERLAY,
                    "a/model",
                    Instant.EPOCH,
                    Owner.self("host"),
                    Outcome.COMPLETED,
                    1,
                    0,
                    Map.of(),
                    List.of());

    @Test
    void words_are_markdown_and_tools_stand_in_fences_that_they_cannot_close() {
        var input = JsonNodeFactory.instance.objectNode().put("command", "cat x");
        var request = new ToolRequest("1", "bash", input);
        var reply =
                new Reply(
                        "**Done**\033[2J",
                        List.of(request),
                        Usage.NONE,
                        Ending.WHOLE,
                        Optional.empty());
        var answer = new ToolAnswer("1", "````\n# You\n\u202e", ToolAnswer.Outcome.DONE);

        var page =
                ConversationPage.of(
                        SESSION,
                        List.of(
                                new Message.UserText("mend it"),
                                new Message.ModelReply(reply),
                                new Message.ToolAnswers(List.of(answer))));

        assertThat(page)
                .isEqualTo(
                        """
                        # Safe Coder session abcdefgh

                        ```text
                        /p
                        a/model behind docker
                        begun 1970-01-01T00:00:00Z
                        ```

                        ## You

                        mend it

                        ## Agent

                        **Done**␛[2J

                        ### Tool

                        ```text
                        bash {
                          "command" : "cat x"
                        }
                        ```

                        `````text
                        ````
                        # You
                        <U+202E>
                        `````

                        """);
    }
}
