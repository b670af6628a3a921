package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Backend.MountSupport;
import dev.safecoder.sandbox.BackendName;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine's own state decides about a container.
 *
 * @param architecture as the guest's folders name it
 * @param ulimits the limits of processes that this engine is able to set, by name; said for each
 *     container, because an engine that lacks CAP_SYS_RESOURCE cannot set its own defaults
 */
record EngineFacts(
        Flavor flavor,
        Privilege privilege,
        MountSupport mounts,
        String architecture,
        int processors,
        Map<String, Long> ulimits,
        Optional<String> warning) {
    EngineFacts {
        ulimits = Map.copyOf(ulimits);
    }

    /** The two engines, whose requests differ in a few points. */
    enum Flavor {
        DOCKER,
        PODMAN;

        BackendName backend() {
            return this == DOCKER ? BackendName.DOCKER : BackendName.PODMAN;
        }
    }

    /** As whom the engine runs. */
    enum Privilege {
        ROOT,
        /** As a user, whose number inside a container is 0 if nothing is said. */
        ROOTLESS
    }

    boolean seesOurFolders() {
        return mounts != MountSupport.STREAMED_ONLY;
    }
}
