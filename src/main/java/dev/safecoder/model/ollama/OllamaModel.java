package dev.safecoder.model.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.LineExchange;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.remote.RemoteException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A model that Ollama runs. The size of the context is set with each request: without, it is small,
 * and Ollama drops what does not fit from the front, the system's words first, and says nothing.
 * For the same reason a conversation that will not fit is refused here. Not thread-safe.
 */
public final class OllamaModel implements Model {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** More takes much memory of the machine that runs the model. */
    private static final int LARGEST_CONTEXT = 32_768;

    private static final double CHARACTERS_PER_TOKEN = 3.5;

    private final Endpoint endpoint;
    private final Patience patience;
    private final LineExchange exchange;
    private int chosenContext;
    private int context;
    private boolean canSee;

    private OllamaModel(Endpoint endpoint, Patience patience) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.exchange = LineExchange.with(endpoint, patience.silence());
    }

    /** Connects when it is first asked. */
    public static OllamaModel at(Endpoint endpoint, Patience patience) {
        return new OllamaModel(endpoint, patience);
    }

    /** The same with a context of this size, whatever the model could have. */
    public OllamaModel withContext(int tokens) {
        chosenContext = tokens;
        return this;
    }

    @Override
    public Reply ask(Conversation conversation, ModelListener listener)
            throws InterruptedException {
        meet(listener);
        var body = new ChatBody().of(endpoint.model(), context, conversation);
        if (characters(body, conversation) / CHARACTERS_PER_TOKEN > context) {
            throw RemoteException.overflow(
                    endpoint, "its context is %d tokens here".formatted(context));
        }
        var idPrefix = "call_%d_".formatted(conversation.messages().size());
        return patience.persist(listener, () -> attempt(body, listener, idPrefix));
    }

    /** Asks once what the model is. */
    private void meet(ModelListener listener) throws InterruptedException {
        if (context == 0) {
            context = patience.persist(listener, this::knownContext);
        }
    }

    /** A picture takes of the context what it shows, not what its file is long. */
    private static long characters(JsonNode body, Conversation conversation) {
        long characters = body.toString().length();
        for (var picture : conversation.pictures()) {
            characters += Picture.CHARACTERS - picture.base64().length();
        }
        return characters;
    }

    private int knownContext() throws InterruptedException {
        var text = new StringBuilder();
        var question = JsonNodeFactory.instance.objectNode().put("model", endpoint.model());
        exchange.post("/api/show", question, line -> text.append(line).append('\n'));
        var model = json(text.toString());
        if (!can("tools", model.path("capabilities"))) {
            throw RemoteException.noTools(endpoint);
        }
        canSee = can("vision", model.path("capabilities"));
        if (chosenContext > 0) {
            return chosenContext;
        }
        var length = contextLength(model.path("model_info"));
        return length == null ? LARGEST_CONTEXT : Math.min(length.asInt(), LARGEST_CONTEXT);
    }

    /** Old versions do not tell. */
    private static boolean can(String wanted, JsonNode capabilities) {
        if (!capabilities.isArray()) {
            return true;
        }
        for (var capability : capabilities) {
            if (capability.asText().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Its name begins with that of the model's family. */
    private static @Nullable JsonNode contextLength(JsonNode info) {
        for (var field : info.properties()) {
            if (field.getKey().endsWith(".context_length") && field.getValue().asInt() > 0) {
                return field.getValue();
            }
        }
        return null;
    }

    private JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw RemoteException.garbled(endpoint, "a line that is not JSON");
        }
    }

    private Reply attempt(JsonNode body, ModelListener listener, String idPrefix)
            throws InterruptedException {
        var stream = new ChatLines(endpoint, listener, idPrefix);
        exchange.post(
                "/api/chat",
                body,
                line -> {
                    if (!line.isBlank()) {
                        stream.hear(json(line));
                    }
                });
        return stream.reply();
    }

    @Override
    public OptionalLong contextWindow() {
        return context == 0 ? OptionalLong.empty() : OptionalLong.of(context);
    }

    @Override
    public boolean takesPictures() throws InterruptedException {
        meet(_ -> {});
        return canSee;
    }

    @Override
    public String name() {
        return endpoint.name();
    }
}
