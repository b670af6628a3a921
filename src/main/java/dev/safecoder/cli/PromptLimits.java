package dev.safecoder.cli;

import dev.safecoder.configuration.SettingsOption;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a model is stopped that works for a user's prompt. */
final class PromptLimits {
    private final Map<SettingsOption, String> given = new EnumMap<>(SettingsOption.class);

    @Option(
            names = "--max-turns",
            paramLabel = "N",
            description = "Model replies for one prompt, at most.")
    void mostTurns(String value) {
        given.put(SettingsOption.MAX_TURNS, value);
    }

    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "What the model may cost, in US dollars.")
    void mostCost(String value) {
        given.put(SettingsOption.MAX_COST, value);
    }

    /** The settings that the command line sets. */
    Map<SettingsOption, String> settings() {
        return Map.copyOf(given);
    }
}
