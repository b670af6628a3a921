package dev.safecoder.configuration;

import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user's configuration or a command's arguments cannot be followed; nothing was done. */
public final class ConfigurationException extends SafeCoderException {
    private ConfigurationException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    static ConfigurationException unknownKey(String where, String key, List<String> known) {
        return new ConfigurationException(
                "%s: there is no key '%s'".formatted(where, key), oneOf(key, known), null);
    }

    static ConfigurationException unknownVariable(String name, List<String> known) {
        return new ConfigurationException(
                "environment: there is no setting behind '%s'".formatted(name),
                oneOf(name, known) + "; or unset it",
                null);
    }

    static ConfigurationException unfitting(
            String where, String key, String value, String expectation) {
        return new ConfigurationException(
                "%s: '%s' cannot be %s".formatted(where, key, value),
                "set it to %s".formatted(expectation),
                null);
    }

    static ConfigurationException notToml(Path file, int line, String reason) {
        return new ConfigurationException(
                "%s, line %d: this is not TOML: %s".formatted(file, line, reason),
                "correct that line; `safe-coder init` in an empty place shows the form",
                null);
    }

    static ConfigurationException unreadable(Path file, IOException cause) {
        return new ConfigurationException(
                "%s cannot be read: %s".formatted(file, reason(cause)),
                "make it readable, or point SAFE_CODER_CONFIG to another file",
                cause);
    }

    static ConfigurationException unwritable(Path file, IOException cause) {
        return new ConfigurationException(
                "%s cannot be written: %s".formatted(file, reason(cause)),
                "make its folder writable, or point SAFE_CODER_CONFIG to another file",
                cause);
    }

    /** A session's report could not be written to this file, however the session goes. */
    public static ConfigurationException noPlaceForReport(Path file) {
        return new ConfigurationException(
                "The report cannot be written to '%s'".formatted(file),
                "name a file in a folder that is there and writable with --report",
                null);
    }

    static ConfigurationException readByOthers(Path file, String key) {
        return new ConfigurationException(
                "%s holds '%s' and other users can read it".formatted(file, key),
                "run `chmod 600 '%s'`".formatted(file),
                null);
    }

    static ConfigurationException exists(Path file) {
        return new ConfigurationException(
                "%s exists already".formatted(file),
                "edit it, or use `safe-coder config set KEY VALUE`",
                null);
    }

    /** A file is no picture that a model takes. */
    public static ConfigurationException noPicture(Path file) {
        return new ConfigurationException(
                "'%s' is none of PNG, JPEG, GIF and WebP by its content".formatted(file),
                "attach a picture of one of these formats",
                null);
    }

    /** A picture that no service would take. */
    public static ConfigurationException tooLargeToAttach(Path file, long most, long together) {
        return new ConfigurationException(
                "'%s' is too large: a picture may have %,d bytes, all of a prompt together %,d"
                        .formatted(file, most, together),
                "make it smaller, or attach fewer",
                null);
    }

    /** A file that was to go with a prompt. */
    public static ConfigurationException notAttached(Path file, String reason) {
        return new ConfigurationException(
                "'%s' cannot be attached: %s".formatted(file, reason),
                "name a readable file with --attach",
                null);
    }

    static ConfigurationException noProvider(String where, String provider, List<String> known) {
        return new ConfigurationException(
                "%s: there is no model provider '%s'".formatted(where, provider),
                oneOf(provider, known),
                null);
    }

    /** A script was asked for and not named. */
    public static ConfigurationException noScript() {
        return new ConfigurationException(
                "The model 'script' names no file", "write --model script:FILE", null);
    }

    /** A provider that wants a key got none. */
    public static ConfigurationException noKey(Settings.Provider provider) {
        return new ConfigurationException(
                "There is no key for the model provider '%s'".formatted(provider),
                "set %s%s, use a local model with --model ollama/NAME, or see `safe-coder demo`, which needs none"
                        .formatted(
                                provider.keyVariable(),
                                provider == Settings.Provider.ANTHROPIC
                                        ? " (or OPENAI_API_KEY, with --model openai/NAME)"
                                        : ""),
                null);
    }

    /** A provider that suggests no model. */
    public static ConfigurationException noModel(Settings.Provider provider) {
        return new ConfigurationException(
                "No model of the provider '%s' is named".formatted(provider),
                "write --model %s/NAME, or set llm.model".formatted(provider),
                null);
    }

    /** A header's value is to come from the environment, which does not have it. */
    public static ConfigurationException noHeaderVariable(String header, String variable) {
        return new ConfigurationException(
                "The variable '%s' of llm.headers '%s' is not set, or cannot be a header"
                        .formatted(variable, header),
                "set it to one line of plain text, or take the header out of llm.headers",
                null);
    }

    /** A limit on what a model costs, and nobody knows that. */
    public static ConfigurationException noPrice(String model) {
        return new ConfigurationException(
                "The price of '%s' is not known, so that its cost cannot be limited"
                        .formatted(model),
                "leave out --max-cost and limits.cost_usd, or limit with --max-turns and --timeout",
                null);
    }

    /** A provider that can be anywhere. */
    public static ConfigurationException noAddress(Settings.Provider provider) {
        return new ConfigurationException(
                "The provider '%s' has no address".formatted(provider),
                "set llm.base_url to it, such as http://127.0.0.1:8080/v1",
                null);
    }

    /** A proxy's variable; its value may hold a password and is not shown. */
    public static ConfigurationException noProxy(String variable) {
        return new ConfigurationException(
                "environment: '%s' is no proxy that can be used".formatted(variable),
                "set it to http://HOST:PORT, without a user and a password",
                null);
    }

    /** The agent would see or hide the sessions themselves. */
    public static ConfigurationException stateInProject(Path state, Path project) {
        return new ConfigurationException(
                "The state folder '%s' and the project '%s' lie in one another"
                        .formatted(state, project),
                "choose another state folder with SAFE_CODER_STATE",
                null);
    }

    private static String oneOf(String wrong, List<String> known) {
        var nearest = NearestWord.to(wrong, known);
        return nearest.map(word -> "write '%s'; known are ".formatted(word)).orElse("use one of ")
                + String.join(", ", known);
    }

    private static String reason(IOException cause) {
        return cause.getClass().getSimpleName().replaceFirst("Exception$", "")
                + " "
                + cause.getMessage();
    }
}
