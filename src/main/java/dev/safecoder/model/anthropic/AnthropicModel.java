package dev.safecoder.model.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.LogLevel;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.Timeout;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.remote.ApiKey;
import dev.safecoder.model.remote.Disconnection;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.Interruptible;
import dev.safecoder.model.remote.ModelCatalog;
import dev.safecoder.model.remote.ModelFacts;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.remote.Refusal;
import dev.safecoder.model.remote.RemoteException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A model behind Anthropic's Messages API, or an address that speaks it. */
public final class AnthropicModel implements Model {
    private static final JsonMapper JSON = ObjectMappers.jsonMapper();
    private static final Duration CONNECTING = Duration.ofSeconds(30);

    /** Every model of these years takes it; known ones have their own limit. */
    private static final int MOST_OUTPUT_OF_UNKNOWN = 8_192;

    private final Endpoint endpoint;
    private final Patience patience;
    private final Optional<ModelFacts> facts;
    private final AnthropicClient client;

    private AnthropicModel(
            Endpoint endpoint,
            Patience patience,
            Optional<ModelFacts> facts,
            AnthropicClient client) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.facts = facts;
        this.client = client;
    }

    /** Connects when it is first asked. */
    public static AnthropicModel at(Endpoint endpoint, Patience patience, ModelCatalog catalog) {
        var builder =
                AnthropicOkHttpClient.builder()
                        .baseUrl(endpoint.url().toString())
                        .apiKey(endpoint.key().map(ApiKey::reveal))
                        .maxRetries(0) // ours are visible
                        .logLevel(LogLevel.OFF)
                        .timeout(timeout(patience));
        endpoint.proxy().ifPresent(it -> builder.proxy(new Proxy(Proxy.Type.HTTP, it)));
        endpoint.headers().forEach((name, value) -> builder.replaceHeaders(name, value.reveal()));
        return new AnthropicModel(
                endpoint, patience, catalog.find(endpoint.model()), builder.build());
    }

    /** A reply may take as long as it comes; only silence ends it. */
    private static Timeout timeout(Patience patience) {
        return Timeout.builder()
                .connect(CONNECTING)
                .read(patience.silence())
                .write(patience.silence())
                .request(Duration.ZERO)
                .build();
    }

    @Override
    public Reply ask(Conversation conversation, ModelListener listener)
            throws InterruptedException {
        var body = body(conversation);
        var reply =
                patience.persist(
                        listener, () -> Interruptible.call(() -> exchange(body, listener)));
        return facts.map(it -> reply.withUsage(it.priced(reply.usage()))).orElse(reply);
    }

    private ObjectNode body(Conversation conversation) {
        var mostOutput = facts.map(ModelFacts::mostOutput).orElse(MOST_OUTPUT_OF_UNKNOWN);
        var body = new MessagesRequest(name()).body(endpoint.model(), mostOutput, conversation);
        if (facts.map(ModelFacts::reasons).orElse(false)) {
            // what these models say between two tools comes as thinking, by default an empty one
            body.putObject("thinking").put("type", "adaptive").put("display", "summarized");
        }
        return body;
    }

    private Reply exchange(ObjectNode body, ModelListener listener) {
        var stream = new MessageStream(endpoint, listener);
        var request =
                MessageCreateParams.builder()
                        .body(JSON.convertValue(body, MessageCreateParams.Body.class))
                        .build();
        try (var events = client.messages().createStreaming(request)) {
            events.stream().map(AnthropicModel::json).forEach(stream::hear);
        } catch (AnthropicServiceException refused) {
            throw refusal(refused).at(endpoint);
        } catch (AnthropicInvalidDataException malformed) {
            throw RemoteException.garbled(endpoint, "an event that is not JSON");
        } catch (AnthropicException broken) {
            throw Disconnection.of(endpoint, broken, patience.silence());
        }
        return stream.reply();
    }

    private static JsonNode json(RawMessageStreamEvent event) {
        return JSON.valueToTree(event._json().orElseThrow());
    }

    private static Refusal refusal(AnthropicServiceException refused) {
        JsonNode body = JSON.valueToTree(refused.body());
        var error = body.path("error");
        var code =
                error.path("type").asText()
                        + " "
                        + error.path("details").path("error_code").asText();
        return new Refusal(
                refused.statusCode(),
                code.strip(),
                error.path("message").asText(body.isTextual() ? body.asText() : ""),
                Refusal.retryAfter(
                        header(refused, "retry-after-ms"), header(refused, "retry-after")));
    }

    private static Optional<String> header(AnthropicServiceException refused, String name) {
        return refused.headers().values(name).stream().findFirst();
    }

    @Override
    public OptionalLong contextWindow() {
        return facts.map(it -> OptionalLong.of(it.context())).orElseGet(OptionalLong::empty);
    }

    @Override
    public boolean takesPictures() {
        return facts.map(ModelFacts::takesPictures).orElse(true);
    }

    @Override
    public boolean isPriced() {
        return facts.map(it -> !it.prices().isEmpty()).orElse(false);
    }

    @Override
    public String name() {
        return endpoint.name();
    }
}
