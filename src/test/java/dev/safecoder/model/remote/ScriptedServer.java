package dev.safecoder.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A service on loopback that plays what it was given, byte by byte, one play for each request. A
 * request that the real service would reject is answered with its reason and status 400, whatever
 * was to be played, and remembered.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MORE_THAN_COMES = 1 << 20;

    static {
        // two small writes would else wait for each other's acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Rules rules;
    private final Queue<Play> plays = new ArrayDeque<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private final List<Headers> headers = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final AtomicReference<String> form = new AtomicReference<>("text/event-stream");

    /** What the real service demands of a request. */
    public interface Rules {
        /** Why the request is rejected, in the service's words; empty when it is not. */
        List<String> broken(String path, Headers headers, JsonNode body);

        /** What is answered at once to a question that is not one for a reply. */
        default Optional<Play> aside(String path, JsonNode body) {
            return Optional.empty();
        }
    }

    /** How an answer ends. */
    public enum End {
        WHOLE,
        /** The connection is lost. */
        LOST,
        /** Nothing more comes, and the connection stays. */
        SILENCE
    }

    /** One answer. */
    public record Play(int status, Map<String, String> headers, List<byte[]> chunks, End end) {
        /** A reply in one piece. */
        public static Play reply(String stream) {
            return new Play(200, Map.of(), List.of(utf8(stream)), End.WHOLE);
        }

        /** A refusal with this body. */
        public static Play refusal(int status, String body) {
            return new Play(status, Map.of(), List.of(utf8(body)), End.WHOLE);
        }

        /** The same with a header. */
        public Play with(String name, String value) {
            return new Play(status, Map.of(name, value), chunks, end);
        }

        /** The same up to this byte, and then this end. */
        public Play cutAt(int length, End other) {
            return new Play(status, headers, List.of(Arrays.copyOf(bytes(), length)), other);
        }

        /** The same in two pieces. */
        public Play splitAt(int first) {
            var all = bytes();
            return new Play(
                    status,
                    headers,
                    List.of(Arrays.copyOf(all, first), Arrays.copyOfRange(all, first, all.length)),
                    end);
        }

        /** The same, each byte alone. */
        public Play inBytes() {
            var single = new ArrayList<byte[]>();
            for (byte one : bytes()) {
                single.add(new byte[] {one});
            }
            return new Play(status, headers, single, end);
        }

        public int length() {
            return bytes().length;
        }

        private byte[] bytes() {
            return chunks.getFirst();
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    public ScriptedServer(Rules rules) throws IOException {
        this.rules = rules;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
    }

    /** The type that replies have. */
    public void sends(String contentType) {
        form.set(contentType);
    }

    public synchronized void plays(Play... next) {
        plays.addAll(List.of(next));
    }

    public synchronized List<JsonNode> bodies() {
        return List.copyOf(bodies);
    }

    public synchronized List<Headers> headers() {
        return List.copyOf(headers);
    }

    /** Every demand that a request did not meet. */
    public synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** Returns when an answer has fallen silent. */
    public void awaitSilence() throws InterruptedException {
        stalled.await();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            play(exchange, next(exchange));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Play next(HttpExchange exchange) throws IOException {
        var body = body(exchange);
        var faults =
                rules.broken(
                        exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
        if (!faults.isEmpty()) {
            broken.addAll(faults);
            var error = JSON.createObjectNode();
            error.putObject("error")
                    .put("type", "invalid_request_error")
                    .put("message", String.join("; ", faults));
            return Play.refusal(400, error.toString());
        }
        var aside = rules.aside(exchange.getRequestURI().toString(), body);
        if (aside.isPresent()) {
            return aside.get();
        }
        bodies.add(body);
        headers.add(exchange.getRequestHeaders());
        var play = plays.poll();
        return play == null ? Play.refusal(418, "nothing more to play") : play;
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        try {
            return JSON.readTree(exchange.getRequestBody().readAllBytes());
        } catch (JsonProcessingException malformed) {
            return JSON.missingNode();
        }
    }

    private void play(HttpExchange exchange, Play play) throws IOException, InterruptedException {
        exchange.getResponseHeaders()
                .set("content-type", play.status() == 200 ? form.get() : "application/json");
        play.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(play.status(), play.end() == End.WHOLE ? 0 : MORE_THAN_COMES);
        var out = exchange.getResponseBody();
        for (var chunk : play.chunks()) {
            out.write(chunk);
            out.flush();
        }
        if (play.end() == End.SILENCE) {
            stalled.countDown();
            closing.await();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        threads.shutdownNow();
        server.stop(0);
    }
}
