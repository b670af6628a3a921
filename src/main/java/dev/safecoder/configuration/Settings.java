package dev.safecoder.configuration;

import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.workspace.Masks;
import dev.safecoder.workspace.WorkspaceMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything a session can be told, checked: defaults, then the file, then the environment, then
 * the command's options.
 *
 * @param backend empty for {@code auto}
 */
public record Settings(
        Llm llm,
        Optional<BackendName> backend,
        Containers containers,
        MicroVms microVms,
        Workspaces workspace,
        ApplyMode apply,
        Budget budget,
        List<McpServer> mcpServers) {
    public Settings {
        mcpServers = List.copyOf(mcpServers);
    }

    /**
     * Which model answers.
     *
     * @param model a file for {@link Provider#SCRIPT}
     * @param context tokens of its context, where the user says how many
     * @param headers of every request, beside the provider's own
     */
    public record Llm(
            Provider provider,
            Optional<String> model,
            Optional<Secret> apiKey,
            Optional<URI> baseUrl,
            Optional<Integer> context,
            List<Header> headers) {
        public Llm {
            headers = List.copyOf(headers);
        }
    }

    /**
     * A header of every request to a model.
     *
     * @param value {@code $NAME} stands for a variable of the environment
     */
    public record Header(String name, Secret value) {
        private static final Pattern FORM =
                Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+): *([!-~](?:[ -~]*[!-~])?)");

        /** What belongs to the connection is not a user's to set. */
        private static final Set<String> OF_CONNECTION =
                Set.of(
                        "host",
                        "connection",
                        "content-length",
                        "content-type",
                        "expect",
                        "transfer-encoding",
                        "upgrade");

        static Optional<Header> parse(String line) {
            var parts = FORM.matcher(line);
            return parts.matches()
                            && !OF_CONNECTION.contains(parts.group(1).toLowerCase(Locale.ROOT))
                    ? Optional.of(new Header(parts.group(1), new Secret(parts.group(2))))
                    : Optional.empty();
        }

        /** Whether the value is the name of a variable. */
        public boolean isFromVariable() {
            return value.reveal().startsWith("$");
        }

        String written() {
            return name + ": " + value.reveal();
        }

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /** Who runs the model. */
    public enum Provider {
        ANTHROPIC,
        OPENAI,
        OPENAI_COMPATIBLE,
        OLLAMA,
        SCRIPT;

        /** All of them, as users write them. */
        static List<String> names() {
            return Arrays.stream(values()).map(Provider::toString).toList();
        }

        /** The variable of the environment that its key is taken from. */
        public String keyVariable() {
            return name() + "_API_KEY";
        }

        /** As users write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A credential; it prints as nothing, and only {@link #reveal} gives it. */
    public record Secret(String reveal) {
        @Override
        public String toString() {
            return "(hidden)";
        }
    }

    /** For Docker, Podman and, where it applies, bubblewrap. */
    public record Containers(
            String image, double cpus, ByteSize memory, Pull pull, Network network) {}

    /** What happens when an image is not there. */
    public enum Pull {
        WHEN_MISSING,
        NEVER
    }

    /** For Firecracker and QEMU. */
    public record MicroVms(
            Path firecracker, Path kernel, Path rootFileSystem, int cpus, ByteSize memory) {}

    /**
     * How the project comes inside.
     *
     * @param mode empty for {@code auto}
     */
    public record Workspaces(Optional<WorkspaceMode> mode, Masks masks) {}

    /** When accepted changes are written to the project at a session's end. */
    public enum ApplyMode {
        NEVER,
        /** On a terminal; elsewhere like {@link #NEVER}. */
        ASK,
        /** When there is no conflict and nothing flagged or refused. */
        CLEAN,
        /** Flagged files too, conflicts never. */
        ALL;

        /** As users write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where a session stops, and how long it stays.
     *
     * @param cost in US dollars
     * @param keep from its last use until it moves to the trash
     */
    public record Budget(
            int pids,
            ByteSize disk,
            Duration commandTimeout,
            int turns,
            Optional<Double> cost,
            Optional<Duration> sessionTimeout,
            Duration keep) {}

    /**
     * A server whose tools the model may use.
     *
     * @param tools the server's own names; empty for all
     */
    public record McpServer(
            String name,
            List<String> command,
            Map<String, Secret> environment,
            RunOn runOn,
            Duration startTimeout,
            Duration callTimeout,
            Optional<List<String>> tools) {
        public McpServer {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            tools = tools.map(List::copyOf);
        }
    }

    /** On which side of the wall a server's process runs. */
    public enum RunOn {
        SANDBOX,
        HOST
    }

    /** The same with this backend, whatever was chosen. */
    public Settings on(BackendName chosen) {
        return new Settings(
                llm,
                Optional.of(chosen),
                containers,
                microVms,
                workspace,
                apply,
                budget,
                mcpServers);
    }

    /** The limits of a sandbox of this kind. */
    public Limits limitsOf(BackendName kind) {
        return switch (kind) {
            case FIRECRACKER, QEMU -> limits(microVms.cpus(), microVms.memory());
            case DOCKER, PODMAN, BUBBLEWRAP -> limits(containers.cpus(), containers.memory());
        };
    }

    private Limits limits(double cpus, ByteSize memory) {
        return new Limits(cpus, memory.bytes(), budget.pids(), budget.disk().bytes());
    }
}
