package dev.safecoder.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyChoiceTest {
    private static final URI SERVICE = URI.create("https://api.example.com/v1");

    private static Optional<InetSocketAddress> proxy(Map<String, String> environment, URI target) {
        return new ProxyChoice(environment).towards(target);
    }

    @Test
    void the_variable_of_the_scheme_counts() {
        var environment = Map.of("HTTPS_PROXY", "http://one:3128", "http_proxy", "two:8080/");

        assertThat(proxy(environment, SERVICE))
                .contains(InetSocketAddress.createUnresolved("one", 3128));
        assertThat(proxy(environment, URI.create("http://api.example.com")))
                .contains(InetSocketAddress.createUnresolved("two", 8080));
        assertThat(proxy(Map.of(), SERVICE)).isEmpty();
    }

    @Test
    void this_machine_and_exempt_hosts_are_reached_directly() {
        for (var exempt : new String[] {"*", "example.com", ".example.com", "a, API.example.com"}) {
            var environment = Map.of("HTTPS_PROXY", "one:3128", "NO_PROXY", exempt);
            assertThat(proxy(environment, SERVICE)).as(exempt).isEmpty();
        }
        var other = Map.of("HTTPS_PROXY", "one:3128", "NO_PROXY", "ple.com");
        assertThat(proxy(other, SERVICE)).isPresent();
        assertThat(proxy(other, URI.create("https://127.0.0.1:8443"))).isEmpty();
        assertThat(proxy(other, URI.create("https://[::1]:8443"))).isEmpty();
    }

    @Test
    void what_is_no_proxy_is_refused_without_showing_it() {
        for (var value : new String[] {"socks5://one:1", "http://me:secret@one:1", "http://["}) {
            assertThatThrownBy(() -> proxy(Map.of("HTTPS_PROXY", value), SERVICE))
                    .hasMessage("environment: 'HTTPS_PROXY' is no proxy that can be used");
        }
    }
}
