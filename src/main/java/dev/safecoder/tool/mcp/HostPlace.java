package dev.safecoder.tool.mcp;

import dev.safecoder.process.ProgramPath;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a server on the user's machine gets: where its program is looked for, the environment before
 * its own, and the folder it starts in.
 */
public record HostPlace(ProgramPath programs, Map<String, String> environment, Path folder) {
    public HostPlace {
        environment = Map.copyOf(environment);
    }
}
