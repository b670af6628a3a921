package dev.safecoder.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program of the host with all that it sees: its arguments (without its own name), its whole
 * environment, the folder it starts in. Nothing is inherited and no shell reads any of it.
 */
public record HostCommand(
        Path program, List<String> arguments, Map<String, String> environment, Path folder) {
    public HostCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (!program.isAbsolute() || !folder.isAbsolute()) {
            throw new IllegalArgumentException(
                    "program '%s' and folder '%s' must be absolute".formatted(program, folder));
        }
    }

    ProcessBuilder builder() {
        var builder = new ProcessBuilder();
        builder.command().add(program.toString());
        builder.command().addAll(arguments);
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
