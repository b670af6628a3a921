package dev.safecoder.guest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run inside: its arguments, its whole environment (without a {@code PATH} in it, the
 * image's), where it starts, how long it may take (empty: no limit) and what its standard streams
 * are.
 */
public record Command(
        List<String> arguments,
        Map<String, String> environment,
        String folder,
        Optional<Duration> timeLimit,
        Streams streams,
        List<ResourceLimit> limits) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        limits = List.copyOf(limits);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /** What the standard streams are. */
    public sealed interface Streams {
        /** Standard input is empty; output and errors are separate. */
        record Closed() implements Streams {}

        /** Standard input is written through {@link RunningCommand#input()}. */
        record Piped() implements Streams {}

        /** All three are one terminal of this size. */
        record Terminal(int rows, int columns) implements Streams {}
    }

    /** A limit of the kernel on the command and what it starts. */
    public record ResourceLimit(Resource resource, long value) {}

    /** The resources of PROTOCOL.md, in the order of their numbers. */
    public enum Resource {
        ADDRESS_SPACE_BYTES,
        FILE_SIZE_BYTES,
        PROCESSES,
        OPEN_FILES,
        CPU_SECONDS
    }

    /** A command with empty input and no limits of its own. */
    public static Command of(
            List<String> arguments, Map<String, String> environment, String folder) {
        return new Command(
                arguments, environment, folder, Optional.empty(), new Streams.Closed(), List.of());
    }

    /** The same command, killed after {@code limit}. */
    public Command within(Duration limit) {
        return new Command(arguments, environment, folder, Optional.of(limit), streams, limits);
    }

    /** The same command with other standard streams. */
    public Command with(Streams others) {
        return new Command(arguments, environment, folder, timeLimit, others, limits);
    }
}
