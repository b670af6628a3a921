package dev.safecoder.sandbox.container;

import dev.safecoder.guest.GuestException;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What keeps a container from starting, told from the engine's own words. */
final class StartTrouble {
    private final BackendName engine;
    private final String image;

    StartTrouble(BackendName engine, String image) {
        this.engine = engine;
        this.image = image;
    }

    SandboxException cannotStart(IOException cause) {
        var words = Words.of(cause);
        var low = words.toLowerCase(Locale.ROOT);
        if (low.contains("no space left")) {
            return SandboxException.cannotStart(
                    engine,
                    "its disk is full: " + words,
                    "free space with `%s system prune`".formatted(engine),
                    cause);
        }
        if (low.contains("exec format error")) {
            return wrongArchitecture(cause);
        }
        return SandboxException.cannotStart(
                engine,
                words,
                "see whether `%s run --rm %s true` works, or choose another backend with --backend"
                        .formatted(engine, image),
                cause);
    }

    /** It started and ended again, or hangs: the last words are in the cause. */
    SandboxException guestDoesNotAnswer(GuestException cause) {
        if (cause.problem().contains("exec format error")) {
            return wrongArchitecture(cause);
        }
        return SandboxException.cannotStart(
                engine,
                "the guest does not answer in image '%s': %s".formatted(image, cause.problem()),
                "choose another image with --image, or another backend with --backend",
                cause);
    }

    private SandboxException wrongArchitecture(Throwable cause) {
        return SandboxException.cannotStart(
                engine,
                "image '%s' is for another kind of processor".formatted(image),
                "choose an image for this machine with --image",
                cause);
    }

    SandboxException seesNoFolders() {
        return SandboxException.unenforceable(
                engine,
                "the engine runs elsewhere and sees no folder of this machine",
                "leave the workspace mode to `--workspace auto`");
    }

    SandboxException scratchNotPlain(Path scratch) {
        return SandboxException.unenforceable(
                engine,
                "the folder '%s' has a comma, colon, quote or control character in its path, which"
                                .formatted(scratch)
                        + " no engine can mount",
                "set SAFE_CODER_STATE to a folder with a plain path");
    }
}
