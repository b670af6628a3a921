package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;

/** Containers and volumes of one state folder on this host whose owner is provably dead. */
final class Leftovers {
    private final Engine engine;
    private final Path stateFolder;
    private final String host;

    Leftovers(Engine engine, Path stateFolder, String host) {
        this.engine = engine;
        this.stateFolder = stateFolder;
        this.host = host;
    }

    /** Removes them; returns how many sandboxes they were. */
    int remove() throws IOException, InterruptedException {
        var filter = Labels.filter(stateFolder, host);
        var sandboxes = new HashSet<String>();
        for (var container : engine.containers(filter)) {
            if (isOrphan(container.path("Labels"))) {
                engine.remove(container.path("Id").asText());
                sandboxes.add(Labels.sandbox(container.path("Labels")));
            }
        }
        for (var volume : engine.volumes(filter)) {
            if (isOrphan(volume.path("Labels"))) {
                engine.removeVolume(volume.path("Name").asText());
                sandboxes.add(Labels.sandbox(volume.path("Labels")));
            }
        }
        return sandboxes.size();
    }

    private boolean isOrphan(JsonNode labels) {
        return Labels.match(labels, stateFolder, host)
                && Labels.owner(labels).filter(owner -> !owner.isAlive()).isPresent();
    }
}
