package dev.safecoder.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Projects of a given number of small files, a hundred in a folder. */
final class BenchTrees {
    private static final int FILES_A_FOLDER = 100;

    private final Path folder;

    /**
     * @param folder below which they lie
     */
    BenchTrees(Path folder) {
        this.folder = folder;
    }

    /** The one with this many files. */
    Path of(int files) {
        return folder.resolve(Integer.toString(files));
    }

    /** Where in it the file with this number lies, counted from 0. */
    static String file(int number) {
        return "%d/%d.txt".formatted(number / FILES_A_FOLDER, number % FILES_A_FOLDER);
    }

    void make(int files) throws IOException, InterruptedException {
        for (int number = 0; number < files; number++) {
            var file = of(files).resolve(file(number));
            if (number % FILES_A_FOLDER == 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, "file %d\n".formatted(number));
        }
    }
}
