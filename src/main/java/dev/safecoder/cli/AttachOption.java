package dev.safecoder.cli;

import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.fault.FileReason;
import dev.safecoder.model.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Pictures of the host that go to the model with a prompt: read because the user names them, and
 * never because a model or a project does.
 */
final class AttachOption {
    /** In base64 it is within the 5 MiB that the strictest service takes. */
    private static final int MOST_BYTES = 3_750_000;

    /** A request holds all of a conversation, and the strictest service takes 32 MB. */
    private static final long MOST_BYTES_TOGETHER = 15_000_000;

    @Option(
            names = "--attach",
            paramLabel = "FILE",
            description =
                    "A picture for the model (PNG, JPEG, GIF or WebP, at most 3.75 MB); repeatable.")
    private List<Path> files = List.of();

    /**
     * Reads them.
     *
     * @param folder that relative names begin at
     * @throws ConfigurationException when one is no picture, too large, or cannot be read
     */
    List<Picture> pictures(Path folder) {
        var pictures = new ArrayList<Picture>();
        long together = 0;
        for (var file : files) {
            var content = content(folder.resolve(file), file);
            together += content.length;
            if (content.length > MOST_BYTES || together > MOST_BYTES_TOGETHER) {
                throw ConfigurationException.tooLargeToAttach(
                        file, MOST_BYTES, MOST_BYTES_TOGETHER);
            }
            pictures.add(
                    Picture.of(file.getFileName().toString(), content)
                            .orElseThrow(() -> ConfigurationException.noPicture(file)));
        }
        return pictures;
    }

    private static byte[] content(Path file, Path named) {
        try {
            if (!Files.isRegularFile(file) && Files.exists(file)) { // a pipe would never end
                throw ConfigurationException.notAttached(named, "it is not a file");
            }
            try (var in = Files.newInputStream(file)) {
                return in.readNBytes(MOST_BYTES + 1);
            }
        } catch (IOException cause) {
            throw ConfigurationException.notAttached(named, FileReason.of(cause));
        }
    }
}
