package dev.safecoder.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts JSON and hears the answer line by line, as long as the other side is not silent. */
public final class LineExchange {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    private static final int LONGEST_REFUSAL = 1 << 16;

    private final Endpoint endpoint;
    private final Duration silence;
    private final HttpClient client;

    private LineExchange(Endpoint endpoint, Duration silence, HttpClient client) {
        this.endpoint = endpoint;
        this.silence = silence;
        this.client = client;
    }

    /**
     * @param silence how long nothing may come before the exchange counts as broken
     */
    public static LineExchange with(Endpoint endpoint, Duration silence) {
        var client =
                HttpClient.newBuilder()
                        .version(Version.HTTP_1_1) // small servers stumble over the offer of 2
                        .followRedirects(Redirect.NEVER) // a key goes where it was meant to go
                        .connectTimeout(CONNECTING)
                        .proxy(
                                endpoint.proxy()
                                        .map(ProxySelector::of)
                                        .orElse(HttpClient.Builder.NO_PROXY))
                        .build();
        return new LineExchange(endpoint, silence, client);
    }

    /**
     * Returns after the last line; an interrupt ends the exchange at once.
     *
     * @param path added to the endpoint's address
     * @param line called on this thread, without the line's end
     * @throws RemoteException when the answer is a refusal or does not come to its end
     */
    public void post(String path, JsonNode body, Consumer<String> line)
            throws InterruptedException {
        var lines = new Lines();
        var answer = client.sendAsync(request(path, body), lines.handler());
        answer.whenComplete((_, failure) -> lines.failed(failure));
        try {
            hear(lines, answer, line);
        } finally {
            answer.cancel(true);
            lines.cancel();
        }
    }

    private HttpRequest request(String path, JsonNode body) {
        var url = URI.create(endpoint.url().toString().replaceFirst("/+$", "") + path);
        var request =
                HttpRequest.newBuilder(url)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()));
        endpoint.key().ifPresent(key -> request.header("authorization", "Bearer " + key.reveal()));
        endpoint.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
        return request.build();
    }

    private void hear(Lines lines, CompletableFuture<?> answer, Consumer<String> line)
            throws InterruptedException {
        var refusal = new StringBuilder();
        while (true) {
            switch (lines.next(silence)) {
                case Signal.Line(var text) when lines.status == 200 -> line.accept(text);
                case Signal.Line(var text) -> {
                    if (refusal.length() + text.length() < LONGEST_REFUSAL) {
                        refusal.append(text).append('\n');
                    }
                }
                case Signal.End(var failure) when failure != null ->
                        throw Disconnection.of(endpoint, failure, silence);
                case Signal.End _ when lines.status == 200 -> {
                    return;
                }
                case Signal.End _ -> throw refusal(lines, refusal.toString()).at(endpoint);
                case Signal.Silence _ ->
                        throw RemoteException.brokenOff(
                                endpoint,
                                "nothing came for %d s".formatted(silence.toSeconds()),
                                null);
            }
        }
    }

    private static Refusal refusal(Lines lines, String text) {
        try {
            return Refusal.of(lines.status, JSON.readTree(text), lines.retryAfter());
        } catch (JsonProcessingException page) { // a proxy's words are not for people
            return new Refusal(lines.status, "", "", lines.retryAfter());
        }
    }

    /** What happens next. */
    private sealed interface Signal {
        record Line(String text) implements Signal {}

        record End(@Nullable Throwable failure) implements Signal {}

        record Silence() implements Signal {}
    }

    /** Lines on their way between the client's threads and the caller's, one at a time. */
    private static final class Lines implements Subscriber<String> {
        private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private volatile int status;
        private volatile Optional<Duration> retryAfter = Optional.empty();
        private volatile @Nullable Subscription subscription;

        BodyHandler<Void> handler() {
            return info -> {
                status = info.statusCode();
                retryAfter =
                        Refusal.retryAfter(
                                info.headers().firstValue("retry-after-ms"),
                                info.headers().firstValue("retry-after"));
                return BodySubscribers.fromLineSubscriber(
                        this, _ -> null, StandardCharsets.UTF_8, null);
            };
        }

        Optional<Duration> retryAfter() {
            return retryAfter;
        }

        Signal next(Duration silence) throws InterruptedException {
            var signal = signals.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (signal instanceof Signal.Line) {
                more();
            }
            return signal == null ? new Signal.Silence() : signal;
        }

        private void more() {
            var open = subscription;
            if (open != null) {
                open.request(1);
            }
        }

        void cancel() {
            var open = subscription;
            if (open != null) {
                open.cancel();
            }
        }

        /** Of the answer before its first line; when all is well, it tells before the lines do. */
        void failed(@Nullable Throwable failure) {
            if (failure != null) {
                onError(failure);
            }
        }

        @Override
        public void onSubscribe(Subscription opened) {
            subscription = opened;
            opened.request(1);
        }

        @Override
        public void onNext(String line) {
            signals.add(new Signal.Line(line));
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(new Signal.End(failure));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.End(null));
        }
    }
}
