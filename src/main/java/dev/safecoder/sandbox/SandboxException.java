package dev.safecoder.sandbox;

import dev.safecoder.fault.SafeCoderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sandbox could not start, or a protection that was asked for cannot be held here. */
public final class SandboxException extends SafeCoderException {
    private SandboxException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    /** The backend is not usable here. */
    public static SandboxException unusable(BackendName backend, Availability.Unusable why) {
        return new SandboxException(
                "Backend '%s' is not usable: %s".formatted(backend, why.reason()),
                why.remedy(),
                null);
    }

    /** This version has no such backend. */
    public static SandboxException unknown(BackendName backend, String known) {
        return new SandboxException(
                "Backend '%s' is not part of this version".formatted(backend),
                "choose one of %s with --backend".formatted(known),
                null);
    }

    /** No backend at all would start; reasons and remedies in the same order. */
    public static SandboxException noneUsable(List<String> reasons, List<String> remedies) {
        return new SandboxException(
                "No wall is usable here, so nothing was started (%s)"
                        .formatted(String.join("; ", reasons)),
                remedies.isEmpty()
                        ? "install Docker, Podman or bubblewrap"
                        : "%s; `safe-coder doctor` tells more".formatted(remedies.getLast()),
                null);
    }

    /** The wall did not come up. */
    public static SandboxException cannotStart(
            BackendName backend, String what, String remedy, @Nullable Throwable cause) {
        return new SandboxException(
                "%s could not start the sandbox: %s".formatted(backend, what), remedy, cause);
    }

    /** What a dead owner left could not be removed. */
    public static SandboxException leftBehind(
            BackendName backend, String what, String remedy, @Nullable Throwable cause) {
        return new SandboxException(
                "%s could not remove what an ended session left: %s".formatted(backend, what),
                remedy,
                cause);
    }

    /** Something about images could not be done. */
    public static SandboxException images(BackendName backend, Availability.Unusable why) {
        return new SandboxException("%s: %s".formatted(backend, why.reason()), why.remedy(), null);
    }

    /** A rule cannot be held, so nothing was started. */
    public static SandboxException unenforceable(BackendName backend, String rule, String remedy) {
        return new SandboxException(
                "%s cannot enforce this here: %s".formatted(backend, rule), remedy, null);
    }
}
