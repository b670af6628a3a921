package dev.safecoder.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that only the user may read, from their first byte on: a file that is made readable
 * and closed to others afterwards was open for a moment.
 */
public final class PrivateFile {
    private static final FileAttribute<?> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PrivateFile() {}

    /** Replaces the whole, so that a crash leaves the old or the new. */
    public static void replace(Path file, String text) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        write(fresh, text, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Adds to its end; makes it when it is not there. */
    static void append(Path file, String text) throws IOException {
        write(file, text, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    private static void write(Path file, String text, Set<OpenOption> how) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        var attributes = posix ? new FileAttribute<?>[] {OWN} : new FileAttribute<?>[0];
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (var channel = Files.newByteChannel(file, how, attributes)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
