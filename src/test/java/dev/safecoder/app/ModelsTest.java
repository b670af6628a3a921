package dev.safecoder.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.configuration.ConfigurationPlaces;
import dev.safecoder.configuration.Settings;
import dev.safecoder.configuration.Settings.Llm;
import dev.safecoder.configuration.Settings.Provider;
import dev.safecoder.configuration.Settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final Surroundings SURROUNDINGS =
            new Surroundings(
                    new ConfigurationPlaces(Map.of(), Path.of("/home/me"), Path.of("/work")),
                    () -> Instant.EPOCH,
                    new Random(1),
                    "host",
                    "linux");

    private final Optional<String> model = Optional.of("tiny");
    private final Optional<URI> url = Optional.of(URI.create("http://127.0.0.1:8080/v1"));

    @Test
    void a_provider_without_a_model_gets_the_suggested_one() {
        var key = Optional.of(new Secret("sk"));
        var llm = new Llm(Provider.ANTHROPIC, none(), key, none(), none(), List.of());

        assertThat(Models.open(llm, SURROUNDINGS).name()).isEqualTo("anthropic:claude-sonnet-5-5");
    }

    @Test
    void a_server_of_ones_own_needs_an_address_and_a_model_and_no_key() {
        var llm =
                new Llm(
                        Provider.OPENAI_COMPATIBLE,
                        model,
                        Optional.empty(),
                        url,
                        none(),
                        List.of());

        assertThat(Models.open(llm, SURROUNDINGS).name()).isEqualTo("openai-compatible:tiny");
        assertThat(
                        problem(
                                new Llm(
                                        Provider.OPENAI_COMPATIBLE,
                                        model,
                                        none(),
                                        none(),
                                        none(),
                                        List.of())))
                .isEqualTo("The provider 'openai-compatible' has no address");
        assertThat(
                        problem(
                                new Llm(
                                        Provider.OPENAI_COMPATIBLE,
                                        none(),
                                        none(),
                                        url,
                                        none(),
                                        List.of())))
                .isEqualTo("No model of the provider 'openai-compatible' is named");
        assertThat(
                        Models.open(
                                        new Llm(
                                                Provider.OLLAMA,
                                                model,
                                                none(),
                                                none(),
                                                none(),
                                                List.of()),
                                        SURROUNDINGS)
                                .name())
                .isEqualTo("ollama:tiny");
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    private static String problem(Llm llm) {
        return catchThrowableOfType(
                        ConfigurationException.class, () -> Models.open(llm, SURROUNDINGS))
                .problem();
    }

    @Test
    void a_missing_key_is_said_with_its_variable() {
        var llm = new Llm(Provider.ANTHROPIC, none(), none(), none(), none(), List.of());

        var failure =
                catchThrowableOfType(
                        ConfigurationException.class, () -> Models.open(llm, SURROUNDINGS));

        assertThat(failure.problem())
                .isEqualTo("There is no key for the model provider 'anthropic'");
        assertThat(failure.remedy())
                .isEqualTo(
                        "set ANTHROPIC_API_KEY (or OPENAI_API_KEY, with --model openai/NAME), use a local model with --model ollama/NAME, or see `safe-coder demo`, which needs none");
    }

    @Test
    void a_header_whose_variable_is_not_set_is_said_without_asking() {
        var header = new Settings.Header("X-Token", new Secret("$TOKEN"));
        var llm =
                new Llm(
                        Provider.OPENAI_COMPATIBLE,
                        model,
                        Optional.empty(),
                        url,
                        none(),
                        List.of(header));

        assertThat(problem(llm))
                .isEqualTo(
                        "The variable 'TOKEN' of llm.headers 'X-Token' is not set, or cannot be a"
                                + " header");
    }
}
