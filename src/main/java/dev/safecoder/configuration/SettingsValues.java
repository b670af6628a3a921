package dev.safecoder.configuration;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values found so far, each with the place that it came from; a later one wins. */
final class SettingsValues {
    private record Found(Object value, String origin) {}

    private final Map<SettingsKey<?>, Found> found = new HashMap<>();
    private final Map<String, SettingsValues> mcpServers = new LinkedHashMap<>();

    /** The values of an MCP server with this name. */
    SettingsValues mcpServer(String name) {
        return mcpServers.computeIfAbsent(name, _ -> new SettingsValues());
    }

    /** By name, in the order of the file. */
    Map<String, SettingsValues> mcpServers() {
        return mcpServers;
    }

    <T> void put(SettingsKey<T> key, T value, String origin) {
        found.put(key, new Found(value, origin));
    }

    /** Puts what the text says, or tells what is allowed. */
    <T> void read(SettingsKey<T> key, String text, String where, String origin) {
        var value = key.type().fromText().apply(text);
        put(key, value.orElseThrow(() -> unfitting(key, where, text)), origin);
    }

    private static ConfigurationException unfitting(SettingsKey<?> key, String where, String text) {
        return ConfigurationException.unfitting(
                where,
                key.fullName(),
                key.isSecret() ? "what it is" : "'%s'".formatted(text),
                key.type().expectation());
    }

    /** What is set, or the default where there is one. */
    @SuppressWarnings("unchecked") // put takes only a value of its key's type
    <T> Optional<T> find(SettingsKey<T> key) {
        var entry = found.get(key);
        return entry == null ? key.fallback() : Optional.of((T) entry.value());
    }

    /** For a key with a default. */
    <T> T get(SettingsKey<T> key) {
        return find(key).orElseThrow();
    }

    boolean isSet(SettingsKey<?> key) {
        return found.containsKey(key);
    }

    String originOf(SettingsKey<?> key) {
        var entry = found.get(key);
        return entry == null ? "default" : entry.origin();
    }
}
