package dev.safecoder.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** A model behind OpenAI's Responses API; nothing of a conversation is stored there. */
public final class ResponsesModel implements Model {
    private final Endpoint endpoint;
    private final Patience patience;
    private final Optional<ModelFacts> facts;
    private final LineExchange exchange;

    private ResponsesModel(Endpoint endpoint, Patience patience, Optional<ModelFacts> facts) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.facts = facts;
        this.exchange = LineExchange.with(endpoint, patience.silence());
    }

    /** Connects when it is first asked; the address is that before {@code /responses}. */
    public static ResponsesModel at(Endpoint endpoint, Patience patience, ModelCatalog catalog) {
        return new ResponsesModel(endpoint, patience, catalog.find(endpoint.model()));
    }

    @Override
    public Reply ask(Conversation conversation, ModelListener listener)
            throws InterruptedException {
        var body = body(conversation);
        var reply = patience.persist(listener, () -> attempt(body, listener));
        return facts.map(it -> reply.withUsage(it.priced(reply.usage()))).orElse(reply);
    }

    private ObjectNode body(Conversation conversation) {
        var body = new ResponsesRequest(name()).body(endpoint.model(), conversation);
        if (facts.map(ModelFacts::reasons).orElse(false)) { // models that do not reason refuse both
            body.putArray("include").add("reasoning.encrypted_content");
            body.putObject("reasoning").put("summary", "auto");
        }
        return body;
    }

    private Reply attempt(JsonNode body, ModelListener listener) throws InterruptedException {
        var stream = new ResponsesStream(endpoint, listener);
        var events = new ServerSentEvents(stream::hear);
        exchange.post("/responses", body, events);
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
