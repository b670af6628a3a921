package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An engine's answer whose body is read as it comes. After an upgrade the body is the stream from
 * the other side and {@link #output()} the one to it. Closing it closes the connection.
 */
final class HttpAnswer implements Closeable {
    private static final int MOST_BODY_BYTES = 32 << 20;

    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;
    private final EngineSocket socket;

    HttpAnswer(int status, Map<String, String> headers, InputStream body, EngineSocket socket) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.socket = socket;
    }

    int status() {
        return status;
    }

    /** A header by its name in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    InputStream body() {
        return body;
    }

    OutputStream output() {
        return socket.output();
    }

    /** The whole body; an engine that sends more than any answer needs is not believed. */
    byte[] bytes() throws IOException {
        var bytes = body.readNBytes(MOST_BODY_BYTES);
        if (bytes.length == MOST_BODY_BYTES) {
            throw new IOException("the engine's answer is larger than any should be");
        }
        return bytes;
    }

    /** What the engine says went wrong. */
    String message() throws IOException {
        var bytes = bytes();
        var text = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            var message = Json.parse(bytes).path("message").asText();
            return message.isEmpty() ? text : message;
        } catch (JsonProcessingException e) {
            return text; // whatever it is, it is what the engine said
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
