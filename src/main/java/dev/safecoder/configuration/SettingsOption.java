package dev.safecoder.configuration;

import dev.safecoder.configuration.Settings.Provider;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings that have a short name: {@code --memory} on the command line, {@code
 * SAFE_CODER_MEMORY} in the environment. One of them can set several keys.
 */
public enum SettingsOption {
    BACKEND(SettingsKey.BACKEND),
    IMAGE(SettingsKey.IMAGE),
    CPUS(SettingsKey.CPUS.type().expectation(), SettingsOption::putCpus),
    MEMORY(ByteSize.FORM + ", at least 16m", SettingsOption::putMemory),
    PIDS(SettingsKey.PIDS),
    DISK(
            ByteSize.FORM + ", at least 16m",
            (values, text, origin) -> putSize(SettingsKey.DISK, values, text, origin)),
    TIMEOUT(
            TimeSpan.FORM,
            (values, text, origin) ->
                    TimeSpan.parse(text)
                            .map(span -> put(SettingsKey.SESSION_TIMEOUT, values, span, origin))
                            .orElse(false)),
    MAX_TURNS(SettingsKey.TURNS),
    MAX_COST(SettingsKey.COST),
    WORKSPACE(SettingsKey.WORKSPACE),
    MODEL("provider/model, such as ollama/qwen3, or script:FILE", SettingsOption::putModel),
    APPLY(SettingsKey.APPLY);

    /** Puts what the text means; false when it means nothing. */
    private interface Effect {
        boolean put(SettingsValues values, String text, String origin);
    }

    private final String expectation;
    private final Effect effect;

    SettingsOption(SettingsKey<?> key) {
        this(key.type().expectation(), (values, text, origin) -> read(key, values, text, origin));
    }

    SettingsOption(String expectation, Effect effect) {
        this.expectation = expectation;
        this.effect = effect;
    }

    /** As on the command line. */
    public String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As in the environment. */
    public String variable() {
        return "SAFE_CODER_" + name();
    }

    /** What may follow it. */
    public String expectation() {
        return expectation;
    }

    void set(SettingsValues values, String text, String where, String name) {
        if (!effect.put(values, text, where + " " + name)) {
            throw ConfigurationException.unfitting(
                    where, name, "'%s'".formatted(text), expectation);
        }
    }

    private static <T> boolean put(
            SettingsKey<T> key, SettingsValues values, T value, String origin) {
        values.put(key, value, origin);
        return true;
    }

    private static <T> boolean read(
            SettingsKey<T> key, SettingsValues values, String text, String origin) {
        var value = key.type().fromText().apply(text);
        value.ifPresent(it -> values.put(key, it, origin));
        return value.isPresent();
    }

    private static boolean putCpus(SettingsValues values, String text, String origin) {
        var cpus = SettingsKey.CPUS.type().fromText().apply(text);
        cpus.ifPresent(
                it -> {
                    values.put(SettingsKey.CPUS, it, origin);
                    values.put(SettingsKey.VM_CPUS, (int) Math.min(32, Math.ceil(it)), origin);
                });
        return cpus.isPresent();
    }

    private static boolean putMemory(SettingsValues values, String text, String origin) {
        return putSize(SettingsKey.MEMORY, values, text, origin)
                && putSize(SettingsKey.VM_MEMORY, values, text, origin);
    }

    private static boolean putSize(
            SettingsKey<ByteSize> key, SettingsValues values, String text, String origin) {
        return ByteSize.parse(text)
                .map(size -> read(key, values, Long.toString(size.mebibytes()), origin))
                .orElse(false);
    }

    /** {@code provider/model} and {@code provider:model}; a bare name keeps the provider. */
    private static boolean putModel(SettingsValues values, String text, String origin) {
        var named = provider(text);
        if (named.isEmpty() && !mayBeOneName(text, values)) {
            throw ConfigurationException.noProvider(
                    origin, text.split("/", 2)[0], Provider.names());
        }
        named.ifPresent(provider -> values.put(SettingsKey.PROVIDER, provider, origin));
        var model = named.map(it -> text.substring(it.toString().length() + 1)).orElse(text);
        return read(SettingsKey.MODEL, values, model, origin);
    }

    /** Servers of the user's own have models with a slash in their names. */
    private static boolean mayBeOneName(String text, SettingsValues values) {
        return switch (values.get(SettingsKey.PROVIDER)) {
            case ANTHROPIC, OPENAI ->
                    !text.contains("/") || values.find(SettingsKey.BASE_URL).isPresent();
            case OPENAI_COMPATIBLE, OLLAMA, SCRIPT -> true;
        };
    }

    private static Optional<Provider> provider(String text) {
        return Arrays.stream(Provider.values())
                .filter(it -> text.startsWith(it + "/") || text.startsWith(it + ":"))
                .findFirst();
    }
}
