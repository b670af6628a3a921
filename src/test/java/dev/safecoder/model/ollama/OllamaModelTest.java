package dev.safecoder.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.ModelContract;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.remote.RemoteException;
import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OllamaModelTest extends ModelContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ModelListener UNHEARD = more -> {};
    private static final Message PROMPT = new Message.UserText("Mend the test.");

    @Override
    protected ScriptedServer service() throws IOException {
        return serverOf(
                """
                {"license": "x", "capabilities": ["completion", "tools"],
                 "model_info": {"general.architecture": "qwen4", "qwen4.context_length": 8192}}
                """);
    }

    private static ScriptedServer serverOf(String shown) throws IOException {
        return new ScriptedServer(new OllamaRules(shown));
    }

    @Override
    protected Model model(Endpoint endpoint, Patience patience) {
        return OllamaModel.at(endpoint, patience);
    }

    @Override
    protected String provider() {
        return "ollama";
    }

    @Override
    protected String keyVariable() {
        return "OLLAMA_API_KEY";
    }

    @Override
    protected String firstTurn() {
        return stream("first");
    }

    @Override
    protected String secondTurn() {
        return stream("second");
    }

    @Override
    protected String lastTurn() {
        return stream("last");
    }

    @Override
    protected String cutTurn() {
        return stream("cut");
    }

    private static String stream(String name) {
        try (var in = OllamaModelTest.class.getResourceAsStream(name + ".ndjson")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    protected String pictured() {
        return """
                {"role": "user", "content": "What is this?", "images": ["DOT"]}
                """;
    }

    @Override
    protected String refusal(String code, String words) {
        return JSON.createObjectNode().put("error", words).toString();
    }

    private Model modelOf(ScriptedServer server) {
        return model(endpoint(server.url()), Patience.usual(new Random(1)));
    }

    private Reply ask(ScriptedServer server, Conversation conversation)
            throws InterruptedException {
        return modelOf(server).ask(conversation, UNHEARD);
    }

    @Test
    void the_request_sets_the_context_and_answers_by_name() throws Exception {
        service.plays(Play.reply(firstTurn()), Play.reply(lastTurn()));
        var first = ask(service, conversation(PROMPT));

        ask(service, conversation(PROMPT, new Message.ModelReply(first), answers(first)));

        assertThat(first.requests()).extracting(it -> it.id()).containsExactly("call_1_1");
        assertThat(service.bodies().getLast())
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"model": "some-model", "stream": true, "options": {"num_ctx": 8192},
                                 "tools": [
                                  {"type": "function", "function": {"name": "bash",
                                   "description": "Runs a command.", "parameters":
                                   {"type": "object", "properties": {"command": {"type": "string"}}}}},
                                  {"type": "function", "function": {"name": "read_file",
                                   "description": "Reads a file.", "parameters":
                                   {"type": "object", "properties": {"command": {"type": "string"}}}}}],
                                 "messages": [
                                  {"role": "system", "content": "You mend programs."},
                                  {"role": "user", "content": "Mend the test."},
                                  {"role": "assistant", "content": "I look at the test.",
                                   "tool_calls": [{"function":
                                    {"name": "bash", "arguments": {"command": "make test"}}}]},
                                  {"role": "tool", "content": "half ? of it", "tool_name": "bash"}]}
                                """));
    }

    @Test
    void a_model_without_tools_is_refused() throws Exception {
        try (var server = serverOf("{\"capabilities\": [\"completion\"]}")) {
            assertThatThrownBy(() -> ask(server, conversation(PROMPT)))
                    .isInstanceOf(RemoteException.class)
                    .hasMessage("'some-model' cannot use tools, and an agent needs them");
        }
    }

    @Test
    void only_a_model_that_sees_takes_pictures() throws Exception {
        try (var server = serverOf("{\"capabilities\": [\"completion\", \"tools\", \"vision\"]}")) {
            assertThat(modelOf(server).takesPictures()).isTrue();
        }
        assertThat(modelOf(service).takesPictures()).isFalse();
    }

    @Test
    void a_picture_takes_what_it_shows_and_not_what_its_file_is_long() throws Exception {
        service.plays(Play.reply(lastTurn()));
        var large = new Picture("large.png", Picture.Format.PNG, "iVBO".repeat(20_000));

        ask(service, conversation(new Message.UserText("What is this?", List.of(large))));

        assertThat(service.bodies()).hasSize(1);
    }

    @Test
    void what_would_not_fit_is_not_sent() {
        var long32k = new Message.UserText("word ".repeat(8_000));

        assertThatThrownBy(() -> ask(service, conversation(long32k)))
                .hasMessage(
                        "The conversation is longer than 'some-model' can read"
                                + " (its context is 8192 tokens here)");
        assertThat(service.bodies()).isEmpty();
    }

    @Test
    void a_fault_in_the_middle_of_a_stream_is_a_refusal() {
        service.plays(
                Play.reply(
                        "{\"message\":{\"content\":\"I\"}}\n{\"error\":\"model 'x' not found\"}\n"));

        assertThatThrownBy(() -> ask(service, conversation(PROMPT)))
                .hasMessage("ollama has no model 'some-model' (model 'x' not found)");
    }

    @Test
    void the_rules_notice_what_an_agent_must_not_forget() throws Exception {
        var body =
                JSON.readTree(
                        """
                        {"model": "m", "stream": true, "messages": [
                          {"role": "tool", "content": "", "tool_name": "bash"},
                          {"role": "assistant", "content": "", "tool_calls": [
                            {"function": {"name": "bash", "arguments": "{}"}}]}]}
                        """);

        assertThat(new OllamaRules("").broken("/api/chat", new Headers(), body))
                .containsExactly(
                        "num_ctx: not set",
                        "no call of bash",
                        "arguments: an object expected",
                        "calls without an answer: [bash]");
    }
}
