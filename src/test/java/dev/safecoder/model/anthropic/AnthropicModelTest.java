package dev.safecoder.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.Verbatim;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnthropicModelTest extends ModelContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    protected ScriptedServer service() throws IOException {
        return new ScriptedServer(new MessagesRules());
    }

    @Override
    protected Model model(Endpoint endpoint, Patience patience) {
        return AnthropicModel.at(endpoint, patience, ModelCatalog.ofThisVersion());
    }

    @Override
    protected String provider() {
        return "anthropic";
    }

    @Override
    protected String keyVariable() {
        return "ANTHROPIC_API_KEY";
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
        try (var in = AnthropicModelTest.class.getResourceAsStream(name + ".sse")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    protected String pictured() {
        return """
                {"role": "user", "content": [
                  {"type": "image",
                   "source": {"type": "base64", "media_type": "image/png", "data": "DOT"}},
                  {"type": "text", "text": "What is this?",
                   "cache_control": {"type": "ephemeral"}}]}
                """;
    }

    @Override
    protected String refusal(String code, String words) {
        var body = JSON.createObjectNode().put("type", "error");
        body.putObject("error").put("type", code).put("message", words);
        return body.put("request_id", "req_1").toString();
    }

    private Model model(String name) {
        var endpoint =
                new Endpoint(
                        provider(),
                        name,
                        service.url(),
                        Optional.of(new ApiKey(KEY)),
                        keyVariable(),
                        Optional.empty());
        return model(endpoint, Patience.usual(new Random(1)));
    }

    private static final ModelListener UNHEARD = more -> {};
    private static final Message PROMPT = new Message.UserText("Mend the test.");

    @Test
    void the_request_is_as_the_service_wants_it() throws Exception {
        service.plays(Play.reply(lastTurn()));

        model("claude-sonnet-5-5").ask(conversation(PROMPT), UNHEARD);

        assertThat(service.bodies())
                .containsExactly(
                        JSON.readTree(
                                """
                                {"model": "claude-sonnet-5-5", "max_tokens": 128000, "stream": true,
                                 "thinking": {"type": "adaptive", "display": "summarized"},
                                 "tools": [
                                  {"name": "bash", "description": "Runs a command.", "input_schema":
                                   {"type": "object", "properties": {"command": {"type": "string"}}}},
                                  {"name": "read_file", "description": "Reads a file.", "input_schema":
                                   {"type": "object", "properties": {"command": {"type": "string"}}},
                                   "cache_control": {"type": "ephemeral"}}],
                                 "system": [{"type": "text", "text": "You mend programs.",
                                             "cache_control": {"type": "ephemeral"}}],
                                 "messages": [{"role": "user", "content": [
                                  {"type": "text", "text": "Mend the test.",
                                   "cache_control": {"type": "ephemeral"}}]}]}
                                """));
        assertThat(service.headers().getFirst().getFirst("authorization"))
                .isEqualTo("Bearer " + KEY);
    }

    @Test
    void reasoning_goes_back_unchanged_and_only_to_the_model_that_signed_it() throws Exception {
        service.plays(Play.reply(firstTurn()), Play.reply(lastTurn()), Play.reply(lastTurn()));
        var first = model("claude-sonnet-5-5").ask(conversation(PROMPT), UNHEARD);
        var next = conversation(PROMPT, new Message.ModelReply(first), answers(first));

        model("claude-sonnet-5-5").ask(next, UNHEARD);
        model("claude-opus-5-5").ask(next, UNHEARD);

        assertThat(first.verbatim().map(Verbatim::author)).contains("anthropic:claude-sonnet-5-5");
        assertThat(contents(1))
                .containsExactly(
                        "thinking SIG4+/=",
                        "text I look at the test.",
                        "tool_use toolu_01",
                        "tool_result toolu_01");
        assertThat(contents(2))
                .containsExactly(
                        "text I look at the test.", "tool_use toolu_01", "tool_result toolu_01");
    }

    /** The blocks after the prompt, by what tells them apart. */
    private List<String> contents(int request) {
        var shown = new ArrayList<String>();
        for (var message : service.bodies().get(request).path("messages")) {
            for (var block : message.path("content")) {
                var mark =
                        List.of("signature", "text", "id", "tool_use_id").stream()
                                .map(block::path)
                                .filter(JsonNode::isTextual)
                                .findFirst();
                shown.add(block.path("type").asText() + " " + mark.orElseThrow().asText());
            }
        }
        return shown.subList(1, shown.size());
    }

    @Test
    void thoughts_are_told_apart_from_words() throws Exception {
        service.plays(Play.reply(firstTurn()));
        var thoughts = new StringBuilder();

        model("m").ask(conversation(PROMPT), new ThoughtListener(thoughts));

        assertThat(thoughts).hasToString("The test fails. Why?");
    }

    private record ThoughtListener(StringBuilder thoughts) implements ModelListener {
        @Override
        public void text(String more) {}

        @Override
        public void thought(String more) {
            thoughts.append(more);
        }
    }

    @Test
    void the_cache_and_the_price_are_counted() throws Exception {
        service.plays(Play.reply(firstTurn()), Play.reply(firstTurn()));

        // 10 plain, 60 read, 40 written, 20 out
        assertThat(model("claude-sonnet-5-5").ask(conversation(PROMPT), UNHEARD).usage())
                .isEqualTo(new Usage(110, 20, 60, 40, Optional.of(new BigDecimal("0.0003320"))));
        assertThat(model("of-somebody").ask(conversation(PROMPT), UNHEARD).usage())
                .isEqualTo(new Usage(110, 20, 60, 40, Optional.empty()));
    }

    @Test
    void an_unfinished_conversation_of_another_model_is_made_to_fit() throws Exception {
        service.plays(Play.reply(lastTurn()));
        var odd =
                new ToolRequest(
                        "call|1/" + "x".repeat(80),
                        "bash",
                        JsonNodeFactory.instance.textNode("{\"a"));
        var reply = new Reply(" ", List.of(odd), Usage.NONE);

        model("m")
                .ask(
                        conversation(
                                new Message.UserText(""),
                                new Message.UserText("second thought"),
                                new Message.ModelReply(reply),
                                answers(reply),
                                new Message.UserText("go on")),
                        UNHEARD);

        assertThat(service.bodies()).hasSize(1);
    }

    @Test
    void a_fault_in_the_middle_of_a_stream_is_asked_again() throws Exception {
        var error =
                "event: error\ndata: {\"type\":\"error\",\"error\":"
                        + "{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        var waits = new ArrayList<String>();
        service.plays(
                Play.reply(lastTurn().substring(0, lastTurn().indexOf("event: ping")) + error),
                Play.reply(lastTurn()));
        var patience =
                new Patience(
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(9),
                        new Random(1),
                        time -> waits.add("slept"));

        var reply = model(endpoint(service.url()), patience).ask(conversation(PROMPT), UNHEARD);

        assertThat(reply.text()).isEqualTo("Mended: é🙂.");
        assertThat(waits).hasSize(1);
    }

    @Test
    void a_model_that_declines_says_so() {
        service.plays(Play.reply(lastTurn().replace("end_turn", "refusal")));

        assertThatThrownBy(() -> model("m").ask(conversation(PROMPT), UNHEARD))
                .isInstanceOf(RemoteException.class)
                .hasMessage("'m' declines to answer this conversation");
    }

    @Test
    void the_rules_notice_what_the_service_would() throws Exception {
        var body =
                JSON.readTree(
                        """
                        {"model": "m", "stream": true, "temperature": 1, "messages": [
                          {"role": "assistant", "content": [{"type": "text", "text": " "}]},
                          {"role": "user", "content": [
                            {"type": "tool_result", "tool_use_id": "x", "content": ""}]},
                          {"role": "assistant", "content": [
                            {"type": "tool_use", "id": "y", "name": "bash", "input": "{"}]}]}
                        """);

        assertThat(new MessagesRules().broken("/v1/messages", new Headers(), body))
                .containsExactly(
                        "anthropic-version: a known version is required",
                        "x-api-key header is required",
                        "temperature: not permitted",
                        "max_tokens: Field required",
                        "messages: first message must use the user role",
                        "text content blocks must contain non-whitespace text",
                        "unexpected tool_use_id found: x",
                        "tool_use.input: not a dictionary",
                        "tool_use ids were found without tool_result blocks",
                        "the conversation must end with a user message");
    }
}
