package dev.safecoder.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Message;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.Verbatim;
import dev.safecoder.session.Compaction.Shortening;
import dev.safecoder.session.Compaction.Summarising;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conversation on disk: one JSON object a line, only ever appended to. Between the messages
 * stand the checkpoints that were taken, so that a rewind, a line of its own, can cut there. What a
 * crash left is repaired on reading: a line that was cut off is dropped, and a reply whose tool
 * requests were never answered gets answers that say so, because no provider takes a conversation
 * without them.
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
        append(toJson(message));
    }

    /**
     * Notes that a checkpoint was taken.
     *
     * @param answered how many requests of the last reply had been met by then; their answers come
     *     as a message only when all have been
     */
    void checkpoint(int step, int answered) throws IOException {
        append(
                JSON.createObjectNode()
                        .put("type", "checkpoint")
                        .put("step", step)
                        .put("answered", answered));
    }

    /** Notes that the conversation was made shorter; all that was written before stays. */
    void compaction(Compaction step) throws IOException {
        var line = JSON.createObjectNode().put("type", step.kind());
        append(
                switch (step) {
                    case Shortening(var before, var longest) ->
                            line.put("before", before).put("longest", longest);
                    case Summarising(var before, var text) ->
                            line.put("before", before).put("text", text);
                });
    }

    /** Takes the conversation back to where a checkpoint was taken. */
    void rewind(int step) throws IOException {
        append(JSON.createObjectNode().put("type", "rewind").put("step", step));
    }

    private void append(ObjectNode json) throws IOException {
        var line = (endsWhole() ? "" : "\n") + JSON.writeValueAsString(json) + "\n";
        PrivateFile.append(file, line);
    }

    /** Whether the last line is complete; one that a crash cut off is never written on. */
    private boolean endsWhole() throws IOException {
        try (var channel = FileChannel.open(file)) {
            var last = ByteBuffer.allocate(1);
            return channel.size() == 0
                    || channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
        } catch (NoSuchFileException nothingYet) {
            return true;
        }
    }

    /** What the model is told of, oldest first; none when nothing was written yet. */
    List<Message> messages() throws IOException {
        return course().messages();
    }

    /** All that was said and not taken back, oldest first, whatever was made shorter meanwhile. */
    public List<Message> said() throws IOException {
        return course().said();
    }

    private TranscriptCourse course() throws IOException {
        var course = new TranscriptCourse();
        for (var line : lines()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                take(JSON.readTree(line), course);
            } catch (JsonProcessingException cutOff) {
                // what follows was written after the crash
            }
        }
        return course;
    }

    private static void take(JsonNode line, TranscriptCourse course) {
        int step = line.path("step").asInt();
        int before = line.path("before").asInt();
        switch (line.path("type").asText()) {
            case "checkpoint" -> course.checkpoint(step, line.path("answered").asInt());
            case "rewind" -> course.rewind(step);
            case "shortened" ->
                    course.compacted(new Shortening(before, line.path("longest").asInt()));
            case "summarised" ->
                    course.compacted(new Summarising(before, line.path("text").asText()));
            default -> course.said(fromJson(line));
        }
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
            case Message.UserText(var text, var pictures) -> {
                line.put("type", "user").put("text", text);
                pictures.forEach(picture -> line.withArray("pictures").add(toJson(picture)));
            }
            case Message.Summary _ ->
                    throw new IllegalStateException("a summary is written as a compaction");
            case Message.ModelReply(var reply) -> {
                line.put("type", "reply").put("text", reply.text());
                for (var request : reply.requests()) {
                    line.withArray("requests")
                            .addObject()
                            .put("id", request.id())
                            .put("name", request.name())
                            .set("input", request.input());
                }
                line.put("cut_off", reply.ending() == Ending.CUT_OFF);
                usage(line, reply.usage());
                reply.verbatim()
                        .ifPresent(
                                it ->
                                        line.putObject("verbatim")
                                                .put("author", it.author())
                                                .set("content", it.content()));
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

    private static ObjectNode toJson(Picture picture) {
        return JSON.createObjectNode()
                .put("name", picture.name())
                .put("type", picture.format().mediaType())
                .put("base64", picture.base64());
    }

    private static List<Picture> pictures(JsonNode line) {
        var pictures = new ArrayList<Picture>();
        for (var picture : line.path("pictures")) {
            Picture.Format.of(picture.path("type").asText())
                    .map(
                            it ->
                                    new Picture(
                                            picture.path("name").asText(),
                                            it,
                                            picture.path("base64").asText()))
                    .ifPresent(pictures::add);
        }
        return pictures;
    }

    private static void usage(ObjectNode line, Usage usage) {
        line.put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cache_read_tokens", usage.cacheReadTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens())
                .put("cost_usd", usage.cost().map(BigDecimal::toPlainString).orElse(null));
    }

    private static Message fromJson(JsonNode line) {
        return switch (line.path("type").asText()) {
            case "reply" -> new Message.ModelReply(reply(line));
            case "answers" -> {
                var answers = new ArrayList<ToolAnswer>();
                line.path("answers").forEach(answer -> answers.add(answer(answer)));
                yield new Message.ToolAnswers(answers);
            }
            default -> new Message.UserText(line.path("text").asText(), pictures(line));
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
        return new Reply(
                line.path("text").asText(),
                requests,
                usage(line),
                line.path("cut_off").asBoolean() ? Ending.CUT_OFF : Ending.WHOLE,
                Optional.of(line.path("verbatim"))
                        .filter(JsonNode::isObject)
                        .map(it -> new Verbatim(it.path("author").asText(), it.path("content"))));
    }

    private static Usage usage(JsonNode line) {
        return new Usage(
                line.path("input_tokens").asLong(),
                line.path("output_tokens").asLong(),
                line.path("cache_read_tokens").asLong(),
                line.path("cache_write_tokens").asLong(),
                Optional.of(line.path("cost_usd"))
                        .filter(JsonNode::isTextual)
                        .map(it -> new BigDecimal(it.asText())));
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
