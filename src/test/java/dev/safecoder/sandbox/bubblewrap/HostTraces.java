package dev.safecoder.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a sandbox of some name has left on this host. */
final class HostTraces {
    private HostTraces() {}

    /** The control groups of that name, in whatever hierarchy. */
    static List<Path> controlGroups(String name) throws IOException {
        var found = new ArrayList<Path>();
        for (var hierarchy : ControlGroupHierarchy.readAll(Path.of("/"))) {
            for (Path at = hierarchy.own();
                    at != null && at.startsWith(hierarchy.mountPoint());
                    at = at.getParent()) {
                if (Files.exists(at.resolve(name))) {
                    found.add(at.resolve(name));
                }
            }
        }
        return found;
    }
}
