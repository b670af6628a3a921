package dev.safecoder.app;

import dev.safecoder.path.RelativePath;
import dev.safecoder.path.RelativePath.Parsed;
import dev.safecoder.workspace.Masks;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the project's own files tell an agent: of each folder from the project down to where the
 * user is, the first of {@code AGENTS.md}, {@code CLAUDE.md} and {@code GEMINI.md}. Anybody may
 * have written them, so that they are words and never settings. No link is followed and nothing
 * that is masked is read.
 */
record ProjectInstructions(List<Loaded> files) {
    static final int MOST_BYTES = 32 << 10;

    private static final List<String> NAMES = List.of("AGENTS.md", "CLAUDE.md", "GEMINI.md");

    /**
     * One file.
     *
     * @param path below the project
     * @param text as much of it as there was room for
     */
    record Loaded(String path, String text, Extent extent) {
        /** How much of a file was read. */
        enum Extent {
            WHOLE,
            CUT
        }
    }

    ProjectInstructions {
        files = List.copyOf(files);
    }

    /**
     * Reads them.
     *
     * @param project the real folder of the project
     * @param workingFolder where the user is; folders between count when it lies in the project
     */
    static ProjectInstructions of(Path project, Path workingFolder, Masks masks) {
        var files = new ArrayList<Loaded>();
        int room = MOST_BYTES;
        for (var folder : folders(project, workingFolder)) {
            var found = first(project, folder, masks, room);
            if (found.isPresent()) {
                files.add(found.get());
                room -= found.get().text().getBytes(StandardCharsets.UTF_8).length;
            }
            if (room <= 0) {
                break;
            }
        }
        return new ProjectInstructions(files);
    }

    /** From the project down, each a real folder. */
    private static List<Path> folders(Path project, Path workingFolder) {
        var folders = new ArrayList<Path>();
        folders.add(project);
        var here = real(workingFolder);
        if (here.startsWith(project) && !here.equals(project)) {
            for (var name : project.relativize(here)) {
                folders.add(folders.getLast().resolve(name));
            }
        }
        return folders;
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException gone) {
            return folder;
        }
    }

    private static Optional<Loaded> first(Path project, Path folder, Masks masks, int room) {
        return NAMES.stream()
                .map(folder::resolve)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .filter(file -> !isHidden(project.relativize(file), masks))
                .flatMap(file -> read(project, file, room).stream())
                .findFirst();
    }

    private static boolean isHidden(Path path, Masks masks) {
        return switch (RelativePath.parse(path.toString().getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Valid(var valid) -> masks.hides(valid);
            case Parsed.Invalid _ -> true;
        };
    }

    /** One that cannot be read, or is empty, is as good as none. */
    private static Optional<Loaded> read(Path project, Path file, int room) {
        var how = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (var in = Channels.newInputStream(Files.newByteChannel(file, how))) {
            var bytes = in.readNBytes(room);
            var extent = in.read() < 0 ? Loaded.Extent.WHOLE : Loaded.Extent.CUT;
            var text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(new Loaded(project.relativize(file).toString(), text, extent))
                    .filter(loaded -> !loaded.text().isBlank());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The files that were read. */
    List<String> paths() {
        return files.stream().map(Loaded::path).toList();
    }
}
