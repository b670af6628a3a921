package dev.safecoder.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Usage;
import dev.safecoder.model.remote.ApiKey;
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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResponsesModelTest extends ModelContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ModelListener UNHEARD = more -> {};
    private static final Message PROMPT = new Message.UserText("Mend the test.");

    @Override
    protected ScriptedServer service() throws IOException {
        return new ScriptedServer(new ResponsesRules());
    }

    /** The address that users write ends as OpenAI's does. */
    @Override
    protected Endpoint endpoint(URI url) {
        return super.endpoint(url.resolve("/v1"));
    }

    @Override
    protected Model model(Endpoint endpoint, Patience patience) {
        return ResponsesModel.at(endpoint, patience, ModelCatalog.ofThisVersion());
    }

    @Override
    protected String provider() {
        return "openai";
    }

    @Override
    protected String keyVariable() {
        return "OPENAI_API_KEY";
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
        var file = "responses-" + name + ".sse";
        try (var in = ResponsesModelTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    protected String pictured() {
        return """
                {"type": "message", "role": "user", "content": [
                  {"type": "input_text", "text": "What is this?"},
                  {"type": "input_image", "detail": "auto",
                   "image_url": "data:image/png;base64,DOT"}]}
                """;
    }

    @Override
    protected String refusal(String code, String words) {
        var body = JSON.createObjectNode();
        body.putObject("error").put("message", words).put("type", code).putNull("param");
        return body.toString();
    }

    private Reply ask(String model, Conversation conversation) throws InterruptedException {
        var endpoint =
                new Endpoint(
                        provider(),
                        model,
                        service.url().resolve("/v1"),
                        Optional.of(new ApiKey(KEY)),
                        keyVariable(),
                        Optional.empty());
        return model(endpoint, Patience.usual(new Random(1))).ask(conversation, UNHEARD);
    }

    @Test
    void the_request_is_as_the_service_wants_it() throws Exception {
        service.plays(Play.reply(lastTurn()));

        ask("gpt-6.1-sol", conversation(PROMPT));

        assertThat(service.bodies())
                .containsExactly(
                        JSON.readTree(
                                """
                                {"model": "gpt-6.1-sol", "stream": true, "store": false,
                                 "instructions": "You mend programs.",
                                 "parallel_tool_calls": true,
                                 "include": ["reasoning.encrypted_content"],
                                 "reasoning": {"summary": "auto"},
                                 "tools": [
                                  {"type": "function", "name": "bash", "strict": false,
                                   "description": "Runs a command.", "parameters":
                                   {"type": "object", "properties": {"command": {"type": "string"}}}},
                                  {"type": "function", "name": "read_file", "strict": false,
                                   "description": "Reads a file.", "parameters":
                                   {"type": "object", "properties": {"command": {"type": "string"}}}}],
                                 "input": [{"type": "message", "role": "user", "content": [
                                  {"type": "input_text", "text": "Mend the test."}]}]}
                                """));
    }

    @Test
    void reasoning_goes_back_unchanged_and_only_to_the_model_that_made_it() throws Exception {
        service.plays(Play.reply(firstTurn()), Play.reply(lastTurn()), Play.reply(lastTurn()));
        var first = ask("gpt-6.1-sol", conversation(PROMPT));
        var next = conversation(PROMPT, new Message.ModelReply(first), answers(first));

        ask("gpt-6.1-sol", next);
        ask("gpt-6-luna", next);

        assertThat(types(1))
                .containsExactly(
                        "message", "reasoning", "message", "function_call", "function_call_output");
        assertThat(service.bodies().get(1).path("input").path(2).path("phase").asText())
                .isEqualTo("commentary");
        assertThat(types(2))
                .containsExactly("message", "message", "function_call", "function_call_output");
    }

    private List<String> types(int request) {
        return service.bodies().get(request).path("input").findValues("type").stream()
                .map(JsonNode::asText)
                .filter(type -> !type.endsWith("_text"))
                .toList();
    }

    @Test
    void the_cache_and_the_price_are_counted() throws Exception {
        service.plays(Play.reply(firstTurn()));

        // 50 plain, 60 read, 20 out
        assertThat(ask("gpt-6.1-sol", conversation(PROMPT)).usage())
                .isEqualTo(new Usage(110, 20, 60, 0, Optional.of(new BigDecimal("0.0003060"))));
    }

    @Test
    void a_response_that_failed_is_a_refusal() {
        var failed =
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":"
                        + "{\"code\":\"context_length_exceeded\",\"message\":\"Too long.\"}}}\n\n";
        service.plays(Play.reply(failed));

        assertThatThrownBy(() -> ask("m", conversation(PROMPT)))
                .isInstanceOf(RemoteException.class)
                .hasMessage("The conversation is longer than 'm' can read (Too long.)");
    }

    @Test
    void the_rules_notice_what_the_service_would() throws Exception {
        var body =
                JSON.readTree(
                        """
                        {"model": "m", "stream": true, "temperature": 1, "input": [
                          {"type": "reasoning", "encrypted_content": "forged"},
                          {"type": "function_call_output", "call_id": "x", "output": ""},
                          {"type": "function_call", "call_id": "y", "arguments": "{"}]}
                        """);

        assertThat(new ResponsesRules().broken("/v1/responses", new Headers(), body))
                .containsExactly(
                        "You didn't provide an API key",
                        "Unknown parameter: temperature",
                        "store: nothing is to be stored",
                        "The encrypted content could not be verified",
                        "reasoning was provided without its required following item",
                        "No tool call found for x",
                        "arguments: no object",
                        "No tool output found for function call [y]");
    }
}
