package dev.safecoder.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.remote.ScriptedServer.End;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every model behind an address promises, whatever its format. */
public abstract class ModelContract extends ModelAtServer {

    /** The same task with every provider: two turns with tools, then words. */
    @Test
    void a_task_is_the_same_with_every_provider() throws Exception {
        service.plays(Play.reply(firstTurn()), Play.reply(secondTurn()), Play.reply(lastTurn()));
        var model = model();

        var first = ask(model, begun());
        var afterFirst = begun().plus(new Message.ModelReply(first)).plus(answers(first));
        var second = ask(model, afterFirst);
        var last =
                ask(model, afterFirst.plus(new Message.ModelReply(second)).plus(answers(second)));

        assertThat(List.of(plain(first), plain(second), plain(last)))
                .containsExactly(
                        new Reply(
                                "I look at the test.",
                                List.of(new ToolRequest("1", "bash", command("make test"))),
                                new Usage(110, 20)),
                        new Reply(
                                "",
                                List.of(
                                        new ToolRequest(
                                                "1",
                                                "read_file",
                                                NODES.objectNode().put("path", "a \"ü\".txt")),
                                        new ToolRequest("2", "bash", NODES.objectNode())),
                                new Usage(130, 30)),
                        new Reply("Mended: é🙂.", List.of(), new Usage(150, 10)));
        assertThat(heard.text.toString()).isEqualTo("I look at the test.Mended: é🙂.");
    }

    /** Without what differs by provider: its identifiers and its own form. */
    private static Reply plain(Reply reply) {
        var requests = new ArrayList<ToolRequest>();
        for (var request : reply.requests()) {
            var id = String.valueOf(requests.size() + 1);
            requests.add(new ToolRequest(id, request.name(), request.input()));
        }
        var usage = new Usage(reply.usage().inputTokens(), reply.usage().outputTokens());
        return new Reply(reply.text(), requests, usage, reply.ending(), Optional.empty());
    }

    @Test
    void a_picture_goes_in_the_providers_own_form() throws Exception {
        service.plays(Play.reply(lastTurn()));
        var prompt = new Message.UserText("What is this?", List.of(DOT));

        ask(model(), conversation(prompt));

        var body = service.bodies().getLast();
        var messages = body.path(body.has("input") ? "input" : "messages");
        assertThat(messages.path(messages.size() - 1))
                .isEqualTo(JSON.readTree(pictured().replace("DOT", DOT.base64())));
    }

    @Test
    void a_stream_may_be_split_at_every_byte() throws Exception {
        var play = Play.reply(firstTurn());
        var model = model();
        service.plays(play);
        var whole = ask(model, begun());

        service.plays(play.inBytes());
        assertThat(ask(model, begun())).isEqualTo(whole);
        for (int first = 1; first < play.length(); first++) {
            service.plays(play.splitAt(first));
            assertThat(ask(model, begun())).as("split at byte %d", first).isEqualTo(whole);
        }
    }

    @Test
    void a_stream_cut_off_at_any_line_is_asked_for_again() throws Exception {
        var play = Play.reply(lastTurn());
        var model = model();
        service.plays(play);
        var whole = ask(model, begun());
        // the last event may end without its empty lines
        int mostLost = lastTurn().strip().lastIndexOf('\n');

        for (int end = 0; end < mostLost; end = lastTurn().indexOf('\n', end) + 1) {
            service.plays(play.cutAt(end, End.LOST), play);
            assertThat(ask(model, begun())).as("lost at %d", end).isEqualTo(whole);
        }
        assertThat(heard.text.toString()).isEqualTo(whole.text());
    }

    @Test
    void a_busy_service_is_asked_again_when_it_says() throws Exception {
        service.plays(
                Play.refusal(429, refusal("rate_limit_error", "too many requests"))
                        .with("retry-after", "7"),
                Play.refusal(529, "<html>not even JSON</html>"),
                Play.reply(lastTurn()));

        assertThat(ask(model(), begun()).text()).isEqualTo("Mended: é🙂.");
        assertThat(waits.getFirst()).isEqualTo(Duration.ofSeconds(7));
        assertThat(waits.getLast()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
        assertThat(heard.reasons.getFirst())
                .isEqualTo(
                        "%s cannot answer now (status 429: too many requests)"
                                .formatted(provider()));
    }

    @Test
    void a_service_that_wants_long_to_be_left_alone_is_left_alone() {
        service.plays(
                Play.refusal(429, refusal("rate_limit_error", "come back tomorrow"))
                        .with("retry-after", "3600"));

        fails(
                "%s cannot answer now (status 429: come back tomorrow)".formatted(provider()),
                "wait 3600 s, then ask again");
        assertThat(waits).isEmpty();
    }

    @Test
    void patience_ends() {
        var busy = Play.refusal(503, refusal("api_error", "down"));
        service.plays(busy, busy, busy);

        fails(
                "%s cannot answer now (status 503: down)".formatted(provider()),
                "ask again later, or choose another model with --model");
        assertThat(waits).hasSize(2);
    }

    @Test
    void a_stream_that_falls_silent_is_asked_for_again() throws Exception {
        var play = Play.reply(lastTurn());
        service.plays(play.cutAt(play.length() / 2, End.SILENCE), play);

        assertThat(ask(model(Duration.ofMillis(400)), begun()).text()).isEqualTo("Mended: é🙂.");
        assertThat(heard.reasons)
                .containsExactly(
                        "The reply of 127.0.0.1:%d broke off: nothing came for 0 s"
                                .formatted(service.url().getPort()));
    }

    @Test
    void a_malformed_reply_is_asked_for_again() throws Exception {
        service.plays(
                Play.reply(lastTurn().replace("}", "")),
                Play.reply("<html>a proxy's page</html>"),
                Play.reply(lastTurn()));

        assertThat(ask(model(), begun()).text()).isEqualTo("Mended: é🙂.");
        assertThat(heard.reasons).hasSize(2).allMatch(it -> it.contains("127.0.0.1"));
    }

    @Test
    void half_a_request_is_no_request() throws Exception {
        service.plays(Play.reply(cutTurn()), Play.reply(lastTurn()));
        var model = model();

        var reply = ask(model, begun());
        assertThat(reply.ending()).isEqualTo(Ending.CUT_OFF);
        assertThat(reply.requests()).noneMatch(it -> it.input().isObject());
        ask(model, begun().plus(new Message.ModelReply(reply)).plus(answers(reply)));
    }

    @Test
    void an_interrupt_ends_the_exchange_at_once() throws Exception {
        var play = Play.reply(lastTurn());
        service.plays(play.cutAt(play.length() / 2, End.SILENCE));
        var model = model();
        var asked = new CompletableFuture<Thread>();
        var ended = new CompletableFuture<Boolean>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            asked.complete(Thread.currentThread());
                            try {
                                ask(model, begun());
                                ended.complete(false);
                            } catch (InterruptedException stopped) {
                                ended.complete(true);
                            }
                        });
        service.awaitSilence();

        asked.get().interrupt();

        assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_refused_key_is_not_tried_again_and_not_shown() {
        service.plays(Play.refusal(401, refusal("authentication_error", "no such key: " + KEY)));

        fails(
                "%s refuses the key (no such key: (hidden))".formatted(provider()),
                "set %s to a valid key".formatted(keyVariable()));
        assertThat(waits).isEmpty();
    }

    @Test
    void an_empty_account_is_said() {
        service.plays(
                Play.refusal(
                        429, refusal("insufficient_quota", "You exceeded your current quota")));

        fails(
                "The %s account has no credit left (You exceeded your current quota)"
                        .formatted(provider()),
                "add credit or raise the limit where the key is from, or set %s to another key"
                        .formatted(keyVariable()));
    }

    @Test
    void an_unknown_model_is_said() {
        service.plays(Play.refusal(404, refusal("not_found_error", "model: some-model")));

        fails(
                "%s has no model 'some-model' (model: some-model)".formatted(provider()),
                "name another with --model %s/NAME".formatted(provider()));
    }

    @Test
    void too_long_a_conversation_is_said() {
        service.plays(
                Play.refusal(
                        400,
                        refusal(
                                "invalid_request_error",
                                "prompt is too long: 9 tokens > 8 maximum")));

        fails(
                "The conversation is longer than 'some-model' can read"
                        + " (prompt is too long: 9 tokens > 8 maximum)",
                "begin a new session; what this one changed is kept");
    }

    @Test
    void a_request_that_is_wrong_is_said() {
        service.plays(Play.refusal(400, refusal("invalid_request_error", "tools: no")));

        fails(
                "%s rejects the request (status 400: tools: no)".formatted(provider()),
                "check that 'some-model' and llm.base_url fit together");
    }

    @Test
    void nobody_listening_is_said_at_once() throws IOException {
        URI gone;
        try (var ended = service()) {
            gone = ended.url();
        }
        var model = model(endpoint(gone), Patience.usual(new Random(1)));

        assertThatThrownBy(() -> ask(model, begun()))
                .isInstanceOf(RemoteException.class)
                .hasMessageStartingWith(
                        "127.0.0.1:%d cannot be reached: ".formatted(gone.getPort()));
    }

    @Test
    void no_text_of_a_model_shows_its_key_or_a_header() {
        assertThat(endpoint(service.url()) + " " + model() + " " + model().name())
                .doesNotContain(KEY)
                .doesNotContain(TEAM);
    }

    @Test
    void the_users_headers_go_with_a_request_and_come_back_in_no_message() {
        service.plays(Play.refusal(401, refusal("authentication_error", "not for " + TEAM)));

        assertThatThrownBy(() -> ask(model(), begun()))
                .message()
                .contains("not for (hidden)")
                .doesNotContain(TEAM);
        assertThat(service.headers().getLast().getFirst("X-Team")).isEqualTo(TEAM);
    }
}
