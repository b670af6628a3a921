package dev.safecoder.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** What a terminal holds that nobody has read yet: lines, and the beginning of one. */
final class TypedAhead {
    private static final int STANDARD_INPUT = 0;

    private TypedAhead() {}

    /**
     * Drops it; without effect where the system has no {@code tcflush}, or no terminal is there.
     *
     * @param system as {@link dev.safecoder.app.Surroundings} names it
     */
    static void drop(String system) {
        var flush = flush();
        if (flush.isPresent()) {
            int inputQueue = system.equals("linux") ? 0 : 1; // TCIFLUSH there, and on macOS
            try {
                int _ = (int) flush.get().invokeExact(STANDARD_INPUT, inputQueue);
            } catch (Throwable impossible) { // declared by every method handle
                throw new IllegalStateException(impossible);
            }
        }
    }

    @SuppressWarnings("restricted") // the launcher grants native access
    private static Optional<MethodHandle> flush() {
        var linker = Linker.nativeLinker();
        var type =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("tcflush")
                .map(function -> linker.downcallHandle(function, type));
    }
}
