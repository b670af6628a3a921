package dev.safecoder.workspace;

import dev.safecoder.path.GitNames;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The project as it was when the session began, looked up path by path. A file whose inode changed
 * at or after {@code began} is unknown. No link of the project is followed.
 */
public final class Originals {
    private static final int MOST_LISTED = 1_000_000;

    private final Project project;
    private final FileTime began;

    /**
     * @param began a time of the file system's own clock such that everything that was in the
     *     project before the session has an earlier change time
     */
    public Originals(Project project, FileTime began) {
        this.project = project;
        this.began = began;
    }

    /**
     * Such a time: the change time of a file that this makes in a private folder of ours.
     *
     * @throws IOException when the folder cannot be written
     */
    public static FileTime timeNow(Path privateFolder) throws IOException {
        var mark = Files.writeString(privateFolder.resolve("began"), "");
        return UnixFile.at(mark).changed();
    }

    /** What was at this path. */
    public Original at(RelativePath path) {
        var text = path.utf8();
        if (text.isEmpty()) {
            return new Original.Unknown("its name is not valid UTF-8");
        }
        try {
            return parentsAreFolders(path)
                    ? look(project.folder().resolve(text.get()))
                    : new Original.Absent();
        } catch (IOException unreadable) {
            return new Original.Unknown("it cannot be read on the host");
        }
    }

    /**
     * Every file and link below a folder of the project, itself left out; git's own folders, too.
     */
    public List<RelativePath> filesBelow(RelativePath folder) throws IOException {
        var found = new ArrayList<RelativePath>();
        var open = new ArrayDeque<RelativePath>();
        open.add(folder);
        while (!open.isEmpty()) {
            var next = open.poll();
            for (var name : names(next, MOST_LISTED)) {
                var child = next.resolve(name);
                if (GitNames.isOne(name)) {
                    continue;
                }
                switch (at(child)) {
                    case Original.Folder _ -> open.add(child);
                    case Original.Absent _ -> {}
                    case Original.File _, Original.Link _, Original.Unknown _ -> found.add(child);
                }
                if (found.size() > MOST_LISTED) {
                    throw WorkspaceException.overBudget("too many deleted files");
                }
            }
        }
        return found;
    }

    /** At most {@code most} names in a folder of the project; none when it is not one. */
    List<RelativePath> names(RelativePath folder, int most) throws IOException {
        var names = new ArrayList<RelativePath>();
        var host = folder.utf8().map(project.folder()::resolve);
        if (host.isEmpty() || !Files.isDirectory(host.get(), LinkOption.NOFOLLOW_LINKS)) {
            return names;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(host.get())) {
            for (var entry : entries) {
                if (names.size() >= most) {
                    break;
                }
                name(entry).ifPresent(names::add);
            }
        }
        return names;
    }

    private static Optional<RelativePath> name(Path entry) {
        var bytes = entry.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        return switch (RelativePath.parse(bytes)) {
            case RelativePath.Parsed.Valid(var path) -> Optional.of(path);
            case RelativePath.Parsed.Invalid _ -> Optional.empty();
        };
    }

    private boolean parentsAreFolders(RelativePath path) {
        var parents = new ArrayDeque<RelativePath>();
        for (var up = path.parent(); up.isPresent(); up = up.get().parent()) {
            parents.push(up.get());
        }
        return parents.stream()
                .map(parent -> project.folder().resolve(parent.utf8().orElseThrow()))
                .allMatch(parent -> Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS));
    }

    private Original look(Path host) throws IOException {
        if (!Files.exists(host, LinkOption.NOFOLLOW_LINKS)) {
            return new Original.Absent();
        }
        var seen = UnixFile.at(host);
        if (seen.kind() == UnixFile.Kind.FOLDER) {
            return new Original.Folder(host);
        }
        if (seen.changed().compareTo(began) >= 0) {
            return new Original.Unknown("it changed on the host since the session began");
        }
        return switch (seen.kind()) {
            case FILE -> new Original.File(host, (seen.mode() & 0100) != 0, seen.size());
            case LINK -> {
                var target = Files.readSymbolicLink(host).toString();
                yield new Original.Link(target.getBytes(StandardCharsets.UTF_8));
            }
            case FOLDER, OTHER -> new Original.Unknown("it is no regular file");
        };
    }
}
