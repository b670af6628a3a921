package dev.safecoder.sandbox.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an engine holds, whoever made it. */
final class EngineContent {
    private EngineContent() {}

    /** The containers and volumes that belong to a sandbox. */
    static List<String> of(String address, String sandbox) throws IOException {
        var engine = Engine.reach(EngineAddress.parse(address, Optional.empty()).orElseThrow());
        var filter = "{\"label\":[\"dev.safecoder.sandbox=%s\"]}".formatted(sandbox);
        var found = new ArrayList<String>();
        for (var container : engine.containers(filter)) {
            found.add("container " + container.path("Names"));
        }
        for (var volume : engine.volumes(filter)) {
            found.add("volume " + volume.path("Name"));
        }
        return found;
    }
}
