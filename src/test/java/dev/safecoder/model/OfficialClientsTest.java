package dev.safecoder.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import dev.safecoder.model.anthropic.MessagesRules;
import dev.safecoder.model.openai.ChatRules;
import dev.safecoder.model.openai.ResponsesRules;
import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The makers' own clients at the server that our tests use: its demands are none that a good client
 * does not meet, and what it plays is what the services' formats are. What they put together is
 * what the contract of our models asks for.
 */
class OfficialClientsTest {
    private static final Path STREAMS = Path.of("src/test/resources/dev/safecoder/model");
    private static final String PROMPT = "Mend the test.";

    private static Play play(String stream) throws IOException {
        return Play.reply(Files.readString(STREAMS.resolve(stream + ".sse")));
    }

    @Test
    void anthropics_client_hears_what_ours_hears() throws Exception {
        try (var service = new ScriptedServer(new MessagesRules())) {
            service.plays(play("anthropic/first"));
            var client =
                    AnthropicOkHttpClient.builder()
                            .baseUrl(service.url().toString())
                            .apiKey("sk-1")
                            .maxRetries(0)
                            .build();
            var heard = MessageAccumulator.create();
            var question =
                    MessageCreateParams.builder()
                            .model("some-model")
                            .maxTokens(100)
                            .addUserMessage(PROMPT)
                            .build();

            try (var events = client.messages().createStreaming(question)) {
                events.stream().forEach(heard::accumulate);
            }

            assertThat(service.broken()).isEmpty();
            var said = new ArrayList<String>();
            for (var block : heard.message().content()) {
                block.text().ifPresent(it -> said.add(it.text()));
                block.toolUse().ifPresent(it -> said.add(it.name() + " " + it._input()));
            }
            assertThat(said).containsExactly("I look at the test.", "bash {command=make test}");
        }
    }

    private static OpenAIClient client(ScriptedServer service) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(service.url() + "/v1")
                .apiKey("sk-1")
                .maxRetries(0)
                .build();
    }

    @Test
    void openais_client_hears_the_same_over_responses() throws Exception {
        try (var service = new ScriptedServer(new ResponsesRules())) {
            service.plays(play("openai/responses-first"));
            var heard = ResponseAccumulator.create();
            var prompt =
                    EasyInputMessage.builder()
                            .type(EasyInputMessage.Type.MESSAGE)
                            .role(EasyInputMessage.Role.USER)
                            .content(PROMPT)
                            .build();
            var question =
                    ResponseCreateParams.builder()
                            .model("some-model")
                            .store(false)
                            .inputOfResponse(List.of(ResponseInputItem.ofEasyInputMessage(prompt)))
                            .build();

            try (var events = client(service).responses().createStreaming(question)) {
                events.stream().forEach(heard::accumulate);
            }

            assertThat(service.broken()).isEmpty();
            var said = new ArrayList<String>();
            for (var item : heard.response().output()) {
                item.message()
                        .ifPresent(it -> said.add(it.content().getFirst().asOutputText().text()));
                item.functionCall().ifPresent(it -> said.add(it.name() + " " + it.arguments()));
            }
            assertThat(said)
                    .containsExactly("I look at the test.", "bash {\"command\": \"make test\"}");
        }
    }

    @Test
    void openais_client_hears_the_same_over_chat_completions() throws Exception {
        try (var service = new ScriptedServer(new ChatRules())) {
            service.plays(play("openai/chat-first"));
            var heard = ChatCompletionAccumulator.create();
            var question =
                    ChatCompletionCreateParams.builder()
                            .model("some-model")
                            .addUserMessage(PROMPT)
                            .build();

            try (var chunks = client(service).chat().completions().createStreaming(question)) {
                chunks.stream().forEach(heard::accumulate);
            }

            assertThat(service.broken()).isEmpty();
            var message = heard.chatCompletion().choices().getFirst().message();
            var call = message.toolCalls().orElseThrow().getFirst().asFunction().function();
            assertThat(message.content()).contains("I look at the test.");
            assertThat(call.name() + " " + call.arguments())
                    .isEqualTo("bash {\"command\": \"make test\"}");
        }
    }
}
