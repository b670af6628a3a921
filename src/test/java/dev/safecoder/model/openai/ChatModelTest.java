package dev.safecoder.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.ModelCatalog;
import dev.safecoder.model.remote.ModelContract;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.remote.RemoteException;
import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChatModelTest extends ModelContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ModelListener UNHEARD = more -> {};
    private static final Message PROMPT = new Message.UserText("Mend the test.");

    @Override
    protected ScriptedServer service() throws IOException {
        return new ScriptedServer(new ChatRules());
    }

    /** The address that users write ends as OpenAI's does. */
    @Override
    protected Endpoint endpoint(URI url) {
        return super.endpoint(url.resolve("/v1/"));
    }

    @Override
    protected Model model(Endpoint endpoint, Patience patience) {
        return ChatModel.at(endpoint, patience, ModelCatalog.ofThisVersion());
    }

    @Override
    protected String provider() {
        return "openai-compatible";
    }

    @Override
    protected String keyVariable() {
        return "OPENAI_COMPATIBLE_API_KEY";
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
        try (var in = ChatModelTest.class.getResourceAsStream("chat-" + name + ".sse")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    protected String pictured() {
        return """
                {"role": "user", "content": [
                  {"type": "text", "text": "What is this?"},
                  {"type": "image_url", "image_url": {"url": "data:image/png;base64,DOT"}}]}
                """;
    }

    @Override
    protected String refusal(String code, String words) {
        var body = JSON.createObjectNode();
        body.putObject("error").put("message", words).put("type", code).putNull("code");
        return body.toString();
    }

    private Reply ask(Conversation conversation) throws InterruptedException {
        var patience =
                new Patience(
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(30),
                        new Random(1),
                        time -> {});
        return model(endpoint(service.url()), patience).ask(conversation, UNHEARD);
    }

    @Test
    void the_request_is_as_all_servers_want_it() throws Exception {
        service.plays(Play.reply(firstTurn()), Play.reply(lastTurn()));
        var first = ask(conversation(PROMPT));

        ask(conversation(PROMPT, new Message.ModelReply(first), answers(first)));

        assertThat(service.bodies().getLast())
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"model": "some-model", "stream": true,
                                 "stream_options": {"include_usage": true},
                                 "parallel_tool_calls": true,
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
                                   "tool_calls": [{"id": "call_abc", "type": "function", "function":
                                    {"name": "bash", "arguments": "{\\"command\\":\\"make test\\"}"}}],
                                   "reasoning_content": "The test fails. Why?"},
                                  {"role": "tool", "content": "half ? of it",
                                   "tool_call_id": "call_abc"}]}
                                """));
    }

    @Test
    void servers_that_differ_are_understood() throws Exception {
        var oneChunk =
                "data:{\"choices\":[{\"delta\":{\"reasoning\":\"Hm.\",\"tool_calls\":["
                        + "{\"function\":{\"name\":\"bash\",\"arguments\":{\"command\":\"ls\"}}},"
                        + "{\"function\":{\"name\":\"bash\",\"arguments\":\"\"}}]},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":null,\"x\":[]}";
        service.plays(
                Play.reply(": OPENROUTER PROCESSING\r\n\r\n" + oneChunk + "\r\n\r\n"),
                Play.reply(oneChunk));
        var reply =
                new Reply(
                        "",
                        List.of(
                                new ToolRequest(
                                        "call_1_1",
                                        "bash",
                                        JsonNodeFactory.instance.objectNode().put("command", "ls")),
                                new ToolRequest(
                                        "call_1_2", "bash", JsonNodeFactory.instance.objectNode())),
                        Usage.NONE);

        assertThat(ask(conversation(PROMPT))).isEqualTo(reply);
        assertThat(ask(conversation(PROMPT))).isEqualTo(reply);
    }

    @Test
    void a_price_that_the_server_names_is_taken() throws Exception {
        service.plays(
                Play.reply(lastTurn().replace("\"total_tokens\"", "\"cost\":0.0042,\"total\"")));

        assertThat(ask(conversation(PROMPT)).usage())
                .isEqualTo(new Usage(150, 10, 0, 0, Optional.of(new BigDecimal("0.0042"))));
    }

    @Test
    void a_fault_in_the_middle_of_a_stream_is_a_refusal() {
        service.plays(
                Play.reply(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"I\"}}]}\n\n"
                                + "data: {\"error\":{\"code\":402,\"message\":\"Insufficient credits\"}}\n\n"));

        assertThatThrownBy(() -> ask(conversation(PROMPT)))
                .isInstanceOf(RemoteException.class)
                .hasMessage(
                        "The openai-compatible account has no credit left (Insufficient credits)");
    }

    @Test
    void a_small_context_is_said_as_llama_says_it() {
        service.plays(
                Play.refusal(
                        400,
                        refusal(
                                "exceed_context_size_error",
                                "the request exceeds the available context size, try increasing it")));

        assertThatThrownBy(() -> ask(conversation(PROMPT)))
                .hasMessageStartingWith("The conversation is longer than 'some-model' can read");
    }

    @Test
    void the_rules_notice_what_servers_would() throws Exception {
        var body =
                JSON.readTree(
                        """
                        {"model": "m", "stream": true, "store": true, "messages": [
                          {"role": "tool", "content": "", "tool_call_id": "x"},
                          {"role": "assistant", "content": "", "tool_calls": [
                            {"id": "y", "type": "function",
                             "function": {"name": "bash", "arguments": "{"}}]}]}
                        """);

        assertThat(new ChatRules().broken("/v1/chat/completions", new Headers(), body))
                .containsExactly(
                        "You didn't provide an API key",
                        "Unknown parameter: store",
                        "no preceding tool_calls for x",
                        "tools must be there when the history has calls",
                        "arguments: not JSON",
                        "tool_call_ids did not have responses: [y]");
    }
}
