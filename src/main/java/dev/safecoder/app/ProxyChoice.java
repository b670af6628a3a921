package dev.safecoder.app;

import dev.safecoder.configuration.ConfigurationException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, as in curl. */
record ProxyChoice(Map<String, String> environment) {
    private static final int USUAL_PORT = 1080;

    /**
     * The proxy on the way to this address; none to this machine itself.
     *
     * @throws ConfigurationException when the variable holds no address of a proxy
     */
    Optional<InetSocketAddress> towards(URI target) {
        var host = Optional.ofNullable(target.getHost()).orElse("").toLowerCase(Locale.ROOT);
        if (isHere(host) || isExempt(host)) {
            return Optional.empty();
        }
        var variable = "https".equals(target.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
        return variable(variable).map(value -> address(variable, value));
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private boolean isExempt(String host) {
        return variable("NO_PROXY").stream()
                .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(name -> !name.isEmpty())
                .anyMatch(
                        name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private Optional<String> variable(String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT), name)
                .map(it -> environment.getOrDefault(it, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static InetSocketAddress address(String variable, String value) {
        try {
            var uri = URI.create(value.contains("://") ? value.strip() : "http://" + value.strip());
            if (uri.getHost() == null
                    || uri.getUserInfo() != null
                    || !"http".equals(uri.getScheme())) {
                throw ConfigurationException.noProxy(variable);
            }
            int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
            return InetSocketAddress.createUnresolved(uri.getHost(), port);
        } catch (IllegalArgumentException malformed) {
            throw ConfigurationException.noProxy(variable);
        }
    }
}
