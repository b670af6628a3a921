package dev.safecoder.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversation on disk: one JSON object a line, only ever appended to. What a crash left is
 * repaired on reading: a line that was cut off is dropped, and a reply whose tool requests were
 * never answered gets answers that say so, because no provider takes a conversation without them.
 */
public final class Transcript {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final String UNANSWERED = "This call was interrupted; what it did before is not known.";

    private final Path file;

    Transcript(Path file) {
        this.file = file;
    }

    /** Adds one message; it is on its way to the disk when this returns, not forced there. */
    void append(Message message) throws IOException {
        var line = JSON.writeValueAsString(toJson(message)) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All messages, oldest first; none when nothing was written yet. */
    List<Message> messages() throws IOException {
        var messages = new ArrayList<Message>();
        for (var line : lines()) {
            try {
                messages.add(fromJson(JSON.readTree(line)));
            } catch (JsonProcessingException cutOff) {
                break;
            }
        }
        if (!messages.isEmpty()
                && messages.getLast() instanceof Message.ModelReply(var reply)
                && !reply.requests().isEmpty()) {
            messages.add(unanswered(reply.requests()));
        }
        return messages;
    }

    private List<String> lines() throws IOException {
        try {
            var bytes = Files.readAllBytes(file);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
    }

    static Message.ToolAnswers unanswered(List<ToolRequest> requests) {
        return new Message.ToolAnswers(
                requests.stream()
                        .map(
                                request ->
                                        new ToolAnswer(
                                                request.id(),
                                                UNANSWERED,
                                                ToolAnswer.Outcome.REFUSED))
                        .toList());
    }

    private static ObjectNode toJson(Message message) {
        var line = JSON.createObjectNode();
        switch (message) {
            case Message.UserText(var text) -> line.put("type", "user").put("text", text);
            case Message.ModelReply(var reply) -> {
                line.put("type", "reply").put("text", reply.text());
                for (var request : reply.requests()) {
                    line.withArray("requests")
                            .addObject()
                            .put("id", request.id())
                            .put("name", request.name())
                            .set("input", request.input());
                }
                line.put("input_tokens", reply.usage().inputTokens());
                line.put("output_tokens", reply.usage().outputTokens());
            }
            case Message.ToolAnswers(var answers) -> {
                line.put("type", "answers");
                for (var answer : answers) {
                    line.withArray("answers")
                            .addObject()
                            .put("id", answer.id())
                            .put("text", answer.text())
                            .put("refused", answer.outcome() == ToolAnswer.Outcome.REFUSED);
                }
            }
        }
        return line;
    }

    private static Message fromJson(JsonNode line) {
        return switch (line.path("type").asText()) {
            case "reply" -> new Message.ModelReply(reply(line));
            case "answers" -> {
                var answers = new ArrayList<ToolAnswer>();
                line.path("answers").forEach(answer -> answers.add(answer(answer)));
                yield new Message.ToolAnswers(answers);
            }
            default -> new Message.UserText(line.path("text").asText());
        };
    }

    private static Reply reply(JsonNode line) {
        var requests = new ArrayList<ToolRequest>();
        for (var request : line.path("requests")) {
            requests.add(
                    new ToolRequest(
                            request.path("id").asText(),
                            request.path("name").asText(),
                            request.path("input")));
        }
        var usage =
                new Usage(line.path("input_tokens").asLong(), line.path("output_tokens").asLong());
        return new Reply(line.path("text").asText(), requests, usage);
    }

    private static ToolAnswer answer(JsonNode answer) {
        return new ToolAnswer(
                answer.path("id").asText(),
                answer.path("text").asText(),
                answer.path("refused").asBoolean()
                        ? ToolAnswer.Outcome.REFUSED
                        : ToolAnswer.Outcome.DONE);
    }
}
