package dev.safecoder.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders in which programs of the host are looked for. A program is never taken from a folder
 * that others may write for us (a project, an agent's workspace), however the path or a link leads
 * there, nor from a relative entry.
 */
public final class ProgramPath {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final List<Path> folders;
    private final List<Path> untrusted;

    private ProgramPath(List<Path> folders, List<Path> untrusted) {
        this.folders = folders;
        this.untrusted = untrusted;
    }

    /** Reads a {@code PATH} variable; its relative and unreadable entries do not count. */
    public static ProgramPath of(String variable, List<Path> untrusted) {
        var folders =
                Stream.of(variable.split(Pattern.quote(File.pathSeparator)))
                        .flatMap(entry -> absolute(entry).stream())
                        .toList();
        return new ProgramPath(folders, untrusted.stream().map(ProgramPath::real).toList());
    }

    /** The first program of this name, by its absolute path. */
    public Optional<Path> find(String name) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\")) {
            throw new IllegalArgumentException("'%s' is no program's name".formatted(name));
        }
        return folders.stream()
                .filter(this::isTrusted)
                .map(folder -> folder.resolve(WINDOWS ? name + ".exe" : name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .filter(this::isTrusted)
                .findFirst();
    }

    private boolean isTrusted(Path path) {
        return untrusted.stream().noneMatch(real(path)::startsWith);
    }

    private static Optional<Path> absolute(String entry) {
        try {
            return Optional.of(Path.of(entry)).filter(Path::isAbsolute).map(Path::normalize);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // not there: nothing can be found in it
        }
    }
}
