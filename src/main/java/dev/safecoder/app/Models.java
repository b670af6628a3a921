package dev.safecoder.app;

import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.configuration.Settings.Header;
import dev.safecoder.configuration.Settings.Llm;
import dev.safecoder.configuration.Settings.Provider;
import dev.safecoder.model.Model;
import dev.safecoder.model.anthropic.AnthropicModel;
import dev.safecoder.model.ollama.OllamaModel;
import dev.safecoder.model.openai.ChatModel;
import dev.safecoder.model.openai.ResponsesModel;
import dev.safecoder.model.remote.ApiKey;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.ModelCatalog;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.script.ScriptedModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the model that the settings name; a provider's classes are loaded when it is the one. */
final class Models {
    private Models() {}

    /** What a provider is asked for when the user says nothing else. */
    private record Usual(Optional<String> model, Optional<URI> url, KeyNeed key) {}

    private enum KeyNeed {
        NEEDED,
        OPTIONAL
    }

    private static Usual usual(Provider provider) {
        return switch (provider) {
            case ANTHROPIC -> usual("claude-sonnet-5-5", "https://api.anthropic.com");
            case OPENAI -> usual("gpt-6.1-sol", "https://api.openai.com/v1");
            case OLLAMA ->
                    new Usual(
                            Optional.empty(),
                            Optional.of(URI.create("http://127.0.0.1:11434")),
                            KeyNeed.OPTIONAL);
            case OPENAI_COMPATIBLE, SCRIPT ->
                    new Usual(Optional.empty(), Optional.empty(), KeyNeed.OPTIONAL);
        };
    }

    private static Usual usual(String model, String url) {
        return new Usual(Optional.of(model), Optional.of(URI.create(url)), KeyNeed.NEEDED);
    }

    /**
     * @throws dev.safecoder.fault.SafeCoderException when it cannot be had
     */
    static Model open(Llm llm, Surroundings surroundings) {
        return switch (llm.provider()) {
            case SCRIPT -> script(llm, surroundings.places().workingFolder());
            case ANTHROPIC ->
                    AnthropicModel.at(
                            endpoint(llm, surroundings),
                            Patience.usual(surroundings.chance()),
                            catalog(surroundings));
            case OPENAI_COMPATIBLE ->
                    ChatModel.at(
                            endpoint(llm, surroundings),
                            Patience.usual(surroundings.chance()).withSlowMachine(),
                            catalog(surroundings));
            case OLLAMA -> ollama(llm, surroundings);
            case OPENAI ->
                    ResponsesModel.at(
                            endpoint(llm, surroundings),
                            Patience.usual(surroundings.chance()),
                            catalog(surroundings));
        };
    }

    private static ModelCatalog catalog(Surroundings surroundings) {
        return ModelCatalog.ofThisVersion().with(surroundings.places().modelsFile());
    }

    private static Model ollama(Llm llm, Surroundings surroundings) {
        var model =
                OllamaModel.at(
                        endpoint(llm, surroundings),
                        Patience.usual(surroundings.chance()).withSlowMachine());
        return llm.context().map(model::withContext).orElse(model);
    }

    private static Model script(Llm llm, Path workingFolder) {
        return ScriptedModel.load(
                workingFolder.resolve(llm.model().orElseThrow(ConfigurationException::noScript)));
    }

    private static Endpoint endpoint(Llm llm, Surroundings surroundings) {
        var provider = llm.provider();
        var usual = usual(provider);
        var url =
                llm.baseUrl()
                        .or(usual::url)
                        .orElseThrow(() -> ConfigurationException.noAddress(provider));
        if (usual.key() == KeyNeed.NEEDED && llm.apiKey().isEmpty()) {
            throw ConfigurationException.noKey(provider);
        }
        return new Endpoint(
                provider.toString(),
                llm.model()
                        .or(usual::model)
                        .orElseThrow(() -> ConfigurationException.noModel(provider)),
                url,
                llm.apiKey().map(key -> new ApiKey(key.reveal())),
                provider.keyVariable(),
                new ProxyChoice(surroundings.places().environment()).towards(url),
                headers(llm, surroundings.places().environment()));
    }

    private static Map<String, ApiKey> headers(Llm llm, Map<String, String> environment) {
        var headers = new LinkedHashMap<String, ApiKey>();
        for (var header : llm.headers()) {
            headers.put(header.name(), new ApiKey(value(header, environment)));
        }
        return headers;
    }

    private static String value(Header header, Map<String, String> environment) {
        var written = header.value().reveal();
        if (!header.isFromVariable()) {
            return written;
        }
        var variable = written.substring(1);
        var value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty() || !value.matches("[ -~]+")) {
            throw ConfigurationException.noHeaderVariable(header.name(), variable);
        }
        return value;
    }
}
