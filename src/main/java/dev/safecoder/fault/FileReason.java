package dev.safecoder.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why a file could not be used, as a clause for a message that names the file already. */
public final class FileReason {
    private FileReason() {}

    /** Such as {@code there is no such file}. */
    public static String of(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "access is denied";
            case FileSystemException other ->
                    Optional.ofNullable(other.getReason()).orElse(other.getClass().getSimpleName());
            default ->
                    Optional.ofNullable(cause.getMessage())
                            .orElse(cause.getClass().getSimpleName());
        };
    }
}
