package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Trees of JSON; a field that is not there reads as missing, never as a failure. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A file that is there and is JSON. */
    static Optional<JsonNode> file(Path file) {
        try {
            return Optional.ofNullable(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Hands on one object after another of a stream by which an engine tells how something goes.
     *
     * @throws IOException with the engine's words when it ends with an error
     */
    static void eachLine(InputStream lines, Consumer<JsonNode> consumer) throws IOException {
        try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(lines)) {
            while (values.hasNextValue()) {
                var line = values.nextValue();
                var detail = line.path("errorDetail").path("message");
                var error = detail.asText(line.path("error").asText());
                if (!error.isEmpty()) {
                    throw new IOException(error);
                }
                consumer.accept(line);
            }
        }
    }

    static JsonNode parse(byte[] bytes) throws IOException {
        var tree = bytes.length == 0 ? null : MAPPER.readTree(bytes);
        return tree == null ? MissingNode.getInstance() : tree;
    }
}
