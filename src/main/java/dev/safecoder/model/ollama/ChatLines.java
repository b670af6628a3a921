package dev.safecoder.model.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.Refusal;
import dev.safecoder.model.remote.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a reply together from its lines; calls come whole, without an identifier. */
final class ChatLines {
    private final Endpoint endpoint;
    private final ModelListener listener;
    private final String idPrefix;
    private final StringBuilder text = new StringBuilder();
    private final List<ToolRequest> requests = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private Optional<Ending> ending = Optional.empty();
    private boolean isBegun;

    ChatLines(Endpoint endpoint, ModelListener listener, String idPrefix) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.idPrefix = idPrefix;
    }

    void hear(JsonNode line) {
        if (line.hasNonNull("error")) {
            throw Refusal.of(200, line, Optional.empty()).at(endpoint);
        }
        isBegun |= line.has("message");
        var message = line.path("message");
        var words = message.path("content").asText("");
        if (!words.isEmpty()) {
            text.append(words);
            listener.text(words);
        }
        var thought = message.path("thinking").asText("");
        if (!thought.isEmpty()) {
            listener.thought(thought);
        }
        for (var call : message.path("tool_calls")) {
            var function = call.path("function");
            requests.add(
                    new ToolRequest(
                            idPrefix + (requests.size() + 1),
                            function.path("name").asText(),
                            function.path("arguments")));
        }
        if (line.path("done").asBoolean()) {
            end(line);
        }
    }

    private void end(JsonNode line) {
        ending =
                Optional.of(
                        line.path("done_reason").asText().equals("length")
                                ? Ending.CUT_OFF
                                : Ending.WHOLE);
        usage =
                new Usage(
                        line.path("prompt_eval_count").asLong(), line.path("eval_count").asLong());
    }

    /**
     * The reply, once the server has ended it.
     *
     * @throws RemoteException when it did not
     */
    Reply reply() {
        if (!isBegun) {
            throw RemoteException.garbled(endpoint, "no piece of a reply");
        }
        var whole =
                ending.orElseThrow(
                        () ->
                                RemoteException.brokenOff(
                                        endpoint, "it ended before it was whole", null));
        return new Reply(text.toString(), requests, usage, whole, Optional.empty());
    }
}
