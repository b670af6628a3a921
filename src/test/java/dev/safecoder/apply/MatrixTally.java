package dev.safecoder.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where {@code scripts/crash-matrix} finds how many faults each part of the matrix withstood. */
public final class MatrixTally {
    private static final String FILE = System.getProperty("safecoder.matrix.tally", "");

    private MatrixTally() {}

    /** Adds a line when a tally is asked for; called once every one of the faults held. */
    public static void add(Class<?> matrix, String action, String fault, int faults)
            throws IOException {
        if (!FILE.isEmpty()) {
            Files.writeString(
                    Path.of(FILE),
                    "%s\t%s\t%s\t%d%n".formatted(matrix.getSimpleName(), action, fault, faults),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
