package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * JSON-RPC with one server, a line for each message. Many threads may ask at once. Whatever the
 * server writes, a request ends within its limit; a server that writes too much is ended.
 */
final class Connection implements ServerProcess.Hearer {
    static final String INITIALIZE = "initialize";
    static final int LONGEST_LINE = 8 << 20;
    static final long MOST_UNASKED = 64L << 20;
    private static final int MOST_UNSENT = 256;
    private static final int NO_SUCH_METHOD = -32601;
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<Long, CompletableFuture<Reply>> open = new ConcurrentHashMap<>();
    private final BlockingQueue<byte[]> unsent = new ArrayBlockingQueue<>(MOST_UNSENT);
    private final AtomicLong ids = new AtomicLong();
    private final AtomicReference<@Nullable String> end = new AtomicReference<>();
    private final Lines lines = new Lines(LONGEST_LINE);
    private final LastWords errors = new LastWords();
    private long unasked;
    private volatile @Nullable String stray;
    private volatile @Nullable ServerProcess process;

    /** Sends what is asked through this process until the thread is interrupted. */
    void speakTo(ServerProcess started) {
        process = started;
        try {
            while (end.get() == null) {
                started.write(unsent.take());
            }
        } catch (IOException deaf) {
            fail("it does not read any more");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            started.end();
        }
    }

    /**
     * Asks and waits for the answer. A request whose time is over, or that is interrupted, is
     * called off.
     */
    Reply request(String method, ObjectNode parameters, Duration limit)
            throws InterruptedException {
        long id = ids.incrementAndGet();
        var answer = new CompletableFuture<Reply>();
        open.put(id, answer);
        try {
            var ended = end.get();
            if (ended != null) {
                return new Reply.Missing(ended);
            }
            send(message(method, parameters).put("id", id));
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            callOff(method, id);
            return new Reply.Missing(silence(limit));
        } catch (InterruptedException stopped) {
            callOff(method, id);
            throw stopped;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } finally {
            open.remove(id);
        }
    }

    private String silence(Duration limit) {
        return "it did not answer within %d s%s"
                .formatted(Math.ceilDiv(limit.toMillis(), 1_000), otherWords());
    }

    private String otherWords() {
        var other = stray;
        if (other != null) {
            return "; it wrote '%s', which is no message of the protocol".formatted(other);
        }
        var words = errors.line();
        return words.isEmpty() ? "" : "; its last words were '%s'".formatted(words);
    }

    /** The protocol forbids it for the first request. */
    private void callOff(String method, long id) {
        if (!method.equals(INITIALIZE)) {
            notify(
                    "notifications/cancelled",
                    JsonNodeFactory.instance.objectNode().put("requestId", id));
        }
    }

    void notify(String method, ObjectNode parameters) {
        send(message(method, parameters));
    }

    /** Ends the server. */
    void close() {
        fail("the session is over");
    }

    private static ObjectNode message(String method, ObjectNode parameters) {
        var message = envelope().put("method", method);
        message.set("params", parameters);
        return message;
    }

    private static ObjectNode envelope() {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    }

    private void send(ObjectNode message) {
        if (!unsent.offer((message + "\n").getBytes(StandardCharsets.UTF_8))) {
            fail("it does not read what it is sent");
        }
    }

    /** How it ended, when it has. */
    Optional<String> ending() {
        return Optional.ofNullable(end.get());
    }

    @Override
    public synchronized void out(byte[] bytes) {
        unasked += bytes.length;
        if (!lines.add(bytes, this::hear)) {
            fail("it wrote a line of more than %d MiB".formatted(LONGEST_LINE >> 20));
        } else if (unasked > MOST_UNASKED) {
            fail("it wrote %d MiB that nobody asked for".formatted(MOST_UNASKED >> 20));
        }
    }

    private void hear(byte[] line) {
        var text = new String(line, StandardCharsets.UTF_8);
        try {
            var message = JSON.readTree(text);
            if (message.isArray()) { // a batch, as one revision had it
                message.forEach(one -> hear(one, text));
            } else {
                hear(message, text);
            }
        } catch (JsonProcessingException noJson) {
            strayed(text);
        }
    }

    private void hear(JsonNode message, String text) {
        var id = message.path("id");
        if (message.path("method").isTextual()) {
            if (id.isTextual() || id.isNumber()) {
                answer(message.path("method").asText(), id);
            }
        } else if (id.canConvertToLong() && message.has("result")) {
            complete(id.asLong(), new Reply.Result(message.path("result")));
        } else if (id.canConvertToLong() && message.has("error")) {
            complete(id.asLong(), new Reply.Refused(message.at("/error/message").asText()));
        } else {
            strayed(text);
        }
    }

    /** The server asks: it may know that we live, and nothing else. */
    private void answer(String method, JsonNode id) {
        var answer = envelope();
        answer.set("id", id);
        if (method.equals("ping")) {
            answer.putObject("result");
        } else {
            answer.putObject("error")
                    .put("code", NO_SUCH_METHOD)
                    .put("message", "Method not found");
        }
        send(answer);
    }

    private void complete(long id, Reply reply) {
        var asked = open.get(id);
        if (asked != null && asked.complete(reply)) {
            unasked = 0;
        }
    }

    private void strayed(String text) {
        if (stray == null && !text.isBlank()) {
            stray = LastWords.cut(text);
        }
    }

    @Override
    public void err(byte[] bytes) {
        errors.add(bytes);
    }

    @Override
    public void ended(String how) {
        var words = errors.line();
        fail(words.isEmpty() ? how : "%s: %s".formatted(how, words));
    }

    private void fail(String why) {
        end.compareAndSet(null, why);
        open.values().forEach(answer -> answer.complete(new Reply.Missing(why)));
        var running = process;
        if (running != null) {
            running.end();
        }
    }
}
