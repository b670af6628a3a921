package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

    static JsonNode parse(byte[] bytes) throws IOException {
        var tree = bytes.length == 0 ? null : MAPPER.readTree(bytes);
        return tree == null ? MissingNode.getInstance() : tree;
    }
}
