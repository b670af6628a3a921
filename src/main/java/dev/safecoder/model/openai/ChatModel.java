package dev.safecoder.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.LineExchange;
import dev.safecoder.model.remote.ModelCatalog;
import dev.safecoder.model.remote.ModelFacts;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.remote.ServerSentEvents;
import java.util.Optional;
import java.util.OptionalLong;

/** A model behind a server that speaks Chat Completions. */
public final class ChatModel implements Model {
    private final Endpoint endpoint;
    private final Patience patience;
    private final Optional<ModelFacts> facts;
    private final LineExchange exchange;

    private ChatModel(Endpoint endpoint, Patience patience, Optional<ModelFacts> facts) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.facts = facts;
        this.exchange = LineExchange.with(endpoint, patience.silence());
    }

    /** Connects when it is first asked; the address is that before {@code /chat/completions}. */
    public static ChatModel at(Endpoint endpoint, Patience patience, ModelCatalog catalog) {
        return new ChatModel(endpoint, patience, catalog.find(endpoint.model()));
    }

    @Override
    public Reply ask(Conversation conversation, ModelListener listener)
            throws InterruptedException {
        var body = new ChatRequest(name()).body(endpoint.model(), conversation);
        var idPrefix = "call_%d_".formatted(conversation.messages().size());
        var reply = patience.persist(listener, () -> attempt(body, listener, idPrefix));
        return reply.usage().cost().isPresent()
                ? reply
                : facts.map(it -> reply.withUsage(it.priced(reply.usage()))).orElse(reply);
    }

    private Reply attempt(JsonNode body, ModelListener listener, String idPrefix)
            throws InterruptedException {
        var stream = new ChatStream(endpoint, listener, idPrefix);
        var events = new ServerSentEvents(stream::hear);
        exchange.post("/chat/completions", body, events);
        events.end();
        return stream.reply();
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
