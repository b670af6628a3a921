package dev.safecoder.app;

import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.configuration.Settings.Llm;
import dev.safecoder.model.Model;
import dev.safecoder.model.script.ScriptedModel;
import java.nio.file.Path;

/** Makes the model that the settings name. */
final class Models {
    private Models() {}

    /**
     * @param workingFolder where a script's relative name is looked up
     * @throws dev.safecoder.fault.SafeCoderException when it cannot be had
     */
    static Model open(Llm llm, Path workingFolder) {
        return switch (llm.provider()) {
            case SCRIPT ->
                    ScriptedModel.load(
                            workingFolder.resolve(
                                    llm.model().orElseThrow(ConfigurationException::noScript)));
            case ANTHROPIC, OPENAI, OPENAI_COMPATIBLE, OLLAMA ->
                    throw ConfigurationException.noProvider(llm.provider().toString());
        };
    }
}
