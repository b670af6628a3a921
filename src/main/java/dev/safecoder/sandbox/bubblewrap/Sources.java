package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where on the host a sandbox's own mounts come from.
 *
 * @param etc the folder that becomes {@code /etc}
 * @param guest the folder of the guest for this architecture
 * @param workspace the project and its layers; the two upper layers lie side by side
 */
record Sources(Path etc, Path guest, WorkspaceMount workspace) {
    Sources {
        if (workspace instanceof WorkspaceMount.Overlay(var _, var upper, var work)
                && !Objects.equals(upper.getParent(), work.getParent())) {
            throw new IllegalArgumentException(
                    "'%s' and '%s' must lie side by side".formatted(upper, work));
        }
    }

    /** The places that the spec names. */
    static Sources of(SandboxSpec spec, HostSystem host) {
        return new Sources(
                spec.scratch().resolve("etc"),
                spec.guestFolder().resolve(host.architecture()),
                spec.workspace());
    }

    /** The folder of the upper layers: they must be seen through one mount. */
    static Path layers(WorkspaceMount.Overlay overlay) {
        return Objects.requireNonNull(overlay.upper().getParent());
    }

    /** The same folders when each is shown under its key in {@code place}. */
    Sources shownIn(Path place) {
        var project = place.resolve("project");
        return new Sources(
                place.resolve("etc"),
                place.resolve("guest"),
                switch (workspace) {
                    case WorkspaceMount.Overlay(var _, var upper, var work) -> {
                        var layers = place.resolve("layers");
                        yield new WorkspaceMount.Overlay(
                                project,
                                layers.resolve(upper.getFileName()),
                                layers.resolve(work.getFileName()));
                    }
                    case WorkspaceMount.Folder _ -> new WorkspaceMount.Folder(project);
                    case WorkspaceMount.Streamed streamed -> streamed;
                });
    }

    /** Every folder that is mounted, by a short name. */
    Map<String, Path> folders() {
        var folders = new LinkedHashMap<String, Path>();
        folders.put("etc", etc);
        folders.put("guest", guest);
        switch (workspace) {
            case WorkspaceMount.Overlay overlay -> {
                folders.put("project", overlay.lower());
                folders.put("layers", layers(overlay));
            }
            case WorkspaceMount.Folder(var folder) -> folders.put("project", folder);
            case WorkspaceMount.Streamed _ -> {}
        }
        return folders;
    }
}
