package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.StartListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads how a fetch goes: one object of JSON after another, each about one layer. */
final class PullProgress {
    private static final long MEGABYTE = 1_000_000;

    private final String image;
    private final StartListener listener;
    private final Map<String, Layer> layers = new HashMap<>();
    private String last = "";

    private record Layer(long done, long all) {
        Layer whole() {
            return new Layer(all, all);
        }
    }

    PullProgress(String image, StartListener listener) {
        this.image = image;
        this.listener = listener;
    }

    /** Returns when the image is there; a fetch that fails ends with an error in its stream. */
    void follow(InputStream lines) throws IOException {
        say("pulling " + image);
        Json.eachLine(lines, this::take);
    }

    private void take(JsonNode line) {
        var id = line.path("id").asText();
        var detail = line.path("progressDetail");
        switch (line.path("status").asText()) {
            case "Downloading" -> {
                layers.put(
                        id,
                        new Layer(detail.path("current").asLong(), detail.path("total").asLong()));
                tell();
            }
            case "Download complete" -> { // small layers say nothing before
                if (layers.computeIfPresent(id, (_, layer) -> layer.whole()) != null) {
                    tell();
                }
            }
            default -> {} // extracting, digests: nothing that a person waits for
        }
    }

    private void tell() {
        long done = layers.values().stream().mapToLong(Layer::done).sum();
        long all = layers.values().stream().mapToLong(Layer::all).sum();
        say("pulling %s: %s of %s".formatted(image, megabytes(done), megabytes(all)));
    }

    private static String megabytes(long bytes) {
        return "%d MB".formatted((bytes + MEGABYTE - 1) / MEGABYTE);
    }

    private void say(String line) {
        if (!line.equals(last)) {
            last = line;
            listener.progress(line);
        }
    }
}
