package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The little of HTTP/1.1 that an engine speaks over its socket: one request a connection, and the
 * upgrade to a raw stream. A general client would do the same at four times the cost of the first
 * call, and would not end a call when its thread is interrupted.
 */
final class EngineHttp {
    private static final int MOST_HEADER_BYTES = 64 << 10;
    private static final int UPGRADED = 101;

    private final EngineAddress address;

    EngineHttp(EngineAddress address) {
        this.address = address;
    }

    EngineAddress address() {
        return address;
    }

    /** The body of a request: what it is and its bytes. */
    record Body(String type, byte[] bytes) {
        static final Body NONE = new Body("", new byte[0]);

        static Body json(JsonNode tree) {
            return new Body("application/json", tree.toString().getBytes(StandardCharsets.UTF_8));
        }

        static Body tar(byte[] archive) {
            return new Body("application/x-tar", archive);
        }
    }

    HttpAnswer send(String method, String path, Body body) throws IOException {
        return exchange(method, path, body, Map.of("Connection", "close"));
    }

    HttpAnswer send(String method, String path, Body body, Map<String, String> more)
            throws IOException {
        var headers = new HashMap<>(more);
        headers.put("Connection", "close");
        return exchange(method, path, body, headers);
    }

    /** Asks for the raw stream behind a path. */
    HttpAnswer upgrade(String path) throws IOException {
        return exchange("POST", path, Body.NONE, Map.of("Connection", "Upgrade", "Upgrade", "tcp"));
    }

    private HttpAnswer exchange(String method, String path, Body body, Map<String, String> headers)
            throws IOException {
        var socket = EngineSocket.open(address);
        try {
            socket.output().write(request(method, path, body, headers));
            socket.output().flush();
            return answer(socket, headers.containsKey("Upgrade"));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static byte[] request(
            String method, String path, Body body, Map<String, String> headers) {
        var text = new StringBuilder("%s %s HTTP/1.1\r\nHost: engine\r\n".formatted(method, path));
        headers.forEach((name, value) -> text.append("%s: %s\r\n".formatted(name, value)));
        if (!body.type().isEmpty()) {
            text.append("Content-Type: %s\r\n".formatted(body.type()));
        }
        text.append("Content-Length: %d\r\n\r\n".formatted(body.bytes().length));
        var request = new ByteArrayOutputStream();
        request.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body.bytes());
        return request.toByteArray();
    }

    private static HttpAnswer answer(EngineSocket socket, boolean upgrade) throws IOException {
        var input = new BufferedInputStream(socket.input(), 32 << 10);
        int status = status(line(input));
        var headers = headers(input);
        boolean raw = status == UPGRADED || upgrade && status == 200;
        return new HttpAnswer(status, headers, raw ? input : body(input, status, headers), socket);
    }

    private static int status(String line) throws IOException {
        var words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IOException("what listens there is no engine: it does not speak HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    private static Map<String, String> headers(InputStream input) throws IOException {
        var headers = new HashMap<String, String>();
        int bytes = 0;
        for (var line = line(input); !line.isEmpty(); line = line(input)) {
            bytes += line.length();
            int colon = line.indexOf(':');
            if (colon < 0 || bytes > MOST_HEADER_BYTES) {
                throw new IOException("the engine's answer has an unreadable header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static InputStream body(InputStream input, int status, Map<String, String> headers)
            throws IOException {
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new ChunkedBody(input);
        }
        var length = headers.get("content-length");
        if (length == null) {
            return input; // the end of the connection is the end of the body
        }
        if (!length.matches("\\d{1,18}")) {
            throw new IOException("the engine's answer has an unreadable length");
        }
        return new LimitedBody(input, Long.parseLong(length));
    }

    static String line(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the engine closed the connection");
            }
            if (line.size() > MOST_HEADER_BYTES) {
                throw new IOException("the engine's answer has an endless line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** A body of a known length; a shorter one is a failure, not an end. */
    private static final class LimitedBody extends InputStream {
        private final InputStream input;
        private long left;

        LimitedBody(InputStream input, long length) {
            this.input = input;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = input.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the engine closed the connection");
            }
            left -= count;
            return count;
        }
    }
}
