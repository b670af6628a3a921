package dev.safecoder.guest;

import java.util.Optional;

/** Writes a command into its EXEC frame. */
final class ExecRequest {
    private static final int PTY = 1;
    private static final int KEEP_STDIN = 2;
    private static final long GUESTS_OWN = 0xFFFF_FFFFL;

    private ExecRequest() {}

    /** Why a kernel would refuse the command before it started; empty when it would not. */
    static Optional<CommandEnd.NotStarted> refusal(Command command, FrameBuilder frame) {
        boolean hasNul =
                command.folder().indexOf(0) >= 0
                        || command.arguments().stream().anyMatch(one -> one.indexOf(0) >= 0)
                        || command.environment().entrySet().stream()
                                .anyMatch(one -> (one.getKey() + one.getValue()).indexOf(0) >= 0);
        if (hasNul) {
            return Optional.of(new CommandEnd.NotStarted(LinuxErrors.EINVAL, "exec"));
        }
        if (!frame.fits()) {
            return Optional.of(new CommandEnd.NotStarted(LinuxErrors.E2BIG, "exec"));
        }
        return Optional.empty();
    }

    static FrameBuilder of(Command command) {
        var environment =
                command.environment().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .sorted()
                        .toList();
        var frame =
                FrameBuilder.of(HostFrame.EXEC)
                        .u8(flags(command.streams()))
                        .u32(GUESTS_OWN)
                        .u32(GUESTS_OWN)
                        .text(command.folder())
                        .texts(command.arguments())
                        .texts(environment);
        size(frame, command.streams());
        frame.u32(command.limits().size());
        for (var limit : command.limits()) {
            frame.u8(limit.resource().ordinal()).u64(limit.value());
        }
        return frame;
    }

    private static int flags(Command.Streams streams) {
        return switch (streams) {
            case Command.Streams.Closed _ -> 0;
            case Command.Streams.Piped _ -> KEEP_STDIN;
            case Command.Streams.Terminal _ -> PTY | KEEP_STDIN;
        };
    }

    private static void size(FrameBuilder frame, Command.Streams streams) {
        switch (streams) {
            case Command.Streams.Closed _, Command.Streams.Piped _ -> frame.u16(0).u16(0);
            case Command.Streams.Terminal(int rows, int columns) -> frame.u16(rows).u16(columns);
        }
    }
}
