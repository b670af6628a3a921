package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import java.nio.file.Path;

/** The programs of the host that a start goes through; the last two only for another's project. */
record HostPrograms(Path shell, Path bubblewrap, Path setpriv, Path unshare) {
    /**
     * Finds those that this start needs.
     *
     * @throws SandboxException when one is missing, or when we may not act as the project's owner
     */
    static HostPrograms find(ProgramPath programs, SandboxSpec spec, HostSystem host) {
        var shell = required(programs, "sh");
        var bubblewrap =
                programs.find("bwrap")
                        .orElseThrow(
                                () ->
                                        SandboxException.unusable(
                                                BackendName.BUBBLEWRAP,
                                                Trouble.notInstalled(Path.of("/"))));
        if (Launch.runsAsUs(spec, host)) {
            return new HostPrograms(shell, bubblewrap, shell, shell);
        }
        if (host.uid() != 0) {
            throw SandboxException.cannotStart(
                    BackendName.BUBBLEWRAP,
                    "the project belongs to user %d, and user %d may not act as that user"
                            .formatted(spec.uid(), host.uid()),
                    "run safe-coder as user %d, or on a copy of the project that is yours"
                            .formatted(spec.uid()),
                    null);
        }
        return new HostPrograms(
                shell, bubblewrap, required(programs, "setpriv"), required(programs, "unshare"));
    }

    private static Path required(ProgramPath programs, String name) {
        return programs.find(name)
                .orElseThrow(
                        () ->
                                SandboxException.unusable(
                                        BackendName.BUBBLEWRAP, Trouble.programMissing(name)));
    }
}
