package dev.safecoder.model.remote;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * A model and the way to it.
 *
 * @param provider as users write it, such as {@code anthropic}
 * @param key empty where none is needed
 * @param keyVariable the variable that a key is taken from, for messages
 * @param proxy an HTTP proxy on the way
 */
public record Endpoint(
        String provider,
        String model,
        URI url,
        Optional<ApiKey> key,
        String keyVariable,
        Optional<InetSocketAddress> proxy) {

    /** What reports and footers show. */
    public String name() {
        return provider + ":" + model;
    }

    /** The host, with its port where one is written; nothing else of an address is ever shown. */
    String shownAddress() {
        var host = Optional.ofNullable(url.getHost()).orElse("(no host)");
        return url.getPort() < 0 ? host : host + ":" + url.getPort();
    }

    /** The text without the key, should a server have put it there. */
    String withoutKey(String text) {
        return key.map(it -> text.replace(it.reveal(), it.toString())).orElse(text);
    }
}
