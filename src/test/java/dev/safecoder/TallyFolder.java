package dev.safecoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the JVMs of one test run leave their figures, a file each, for the scripts that add them
 * up: the folder that {@code -Dsafecoder.tally} names. Without it nothing is kept, so that a run of
 * a few tests does not pass for a run of all.
 */
public final class TallyFolder {
    private TallyFolder() {}

    /** Writes this JVM's figures of one kind, in the place of those it wrote before. */
    public static void write(String kind, String lines) {
        var folder = System.getProperty("safecoder.tally");
        if (folder == null) {
            return;
        }
        var fork = System.getProperty("safecoder.test.fork", "fork-1");
        try {
            var file = Files.createDirectories(Path.of(folder)).resolve(kind + "-" + fork + ".tsv");
            Files.writeString(file, lines);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
