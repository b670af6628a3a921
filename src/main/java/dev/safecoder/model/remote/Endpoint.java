package dev.safecoder.model.remote;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A model and the way to it.
 *
 * @param provider as users write it, such as {@code anthropic}
 * @param key empty where none is needed
 * @param keyVariable the variable that a key is taken from, for messages
 * @param proxy an HTTP proxy on the way
 * @param headers of every request, as the user wants them
 */
public record Endpoint(
        String provider,
        String model,
        URI url,
        Optional<ApiKey> key,
        String keyVariable,
        Optional<InetSocketAddress> proxy,
        Map<String, ApiKey> headers) {
    /** A shorter value is no secret, and is found in any text. */
    private static final int SHORTEST_SECRET = 8;

    public Endpoint {
        headers = Map.copyOf(headers);
    }

    /** Without headers of the user's. */
    public Endpoint(
            String provider,
            String model,
            URI url,
            Optional<ApiKey> key,
            String keyVariable,
            Optional<InetSocketAddress> proxy) {
        this(provider, model, url, key, keyVariable, proxy, Map.of());
    }

    /** What reports and footers show. */
    public String name() {
        return provider + ":" + model;
    }

    /** The host, with its port where one is written; nothing else of an address is ever shown. */
    String shownAddress() {
        var host = Optional.ofNullable(url.getHost()).orElse("(no host)");
        return url.getPort() < 0 ? host : host + ":" + url.getPort();
    }

    /** The text without the key and the headers' values, should a server have put them there. */
    String withoutKey(String text) {
        var clean = key.map(it -> text.replace(it.reveal(), it.toString())).orElse(text);
        for (var value : headers.values()) {
            if (value.reveal().length() >= SHORTEST_SECRET) {
                clean = clean.replace(value.reveal(), value.toString());
            }
        }
        return clean;
    }
}
