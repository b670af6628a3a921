package dev.safecoder.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * Where a project's repository lies. One outside of the project counts only when it names the
 * project in turn, as that of a work tree or a submodule does.
 *
 * @param own what belongs to this work tree alone: HEAD
 * @param common objects, branches and configuration
 */
record GitFolder(Path own, Path common) {
    private static final int MOST_BYTES = 1 << 20;
    private static final String POINTER = "gitdir: ";

    /** What changes nothing about how objects and branches are kept. */
    private static final Set<String> KNOWN_EXTENSIONS =
            Set.of(
                    "noop",
                    "preciousobjects",
                    "partialclone",
                    "worktreeconfig",
                    "relativeworktrees");

    /** Finds and checks the repository of a project, which is given by its real path. */
    static GitFolder of(Path project) throws IOException {
        var git = project.resolve(".git");
        if (isFolder(git)) {
            return new GitFolder(git, git).checked(project);
        }
        if (!Files.isRegularFile(git, LinkOption.NOFOLLOW_LINKS)) {
            throw BranchException.noRepository(project);
        }
        var line = line(git);
        if (!line.startsWith(POINTER)) {
            throw BranchException.noRepository(project);
        }
        var own = project.resolve(line.substring(POINTER.length())).toRealPath();
        return pointedAt(project, git, own).checked(project);
    }

    private static GitFolder pointedAt(Path project, Path git, Path own) throws IOException {
        if (Files.exists(own.resolve("commondir"))) {
            var common = own.resolve(line(own.resolve("commondir"))).toRealPath();
            var back = own.resolve(line(own.resolve("gitdir")));
            if (common.resolve("worktrees").equals(own.getParent())
                    && back.toRealPath().equals(git)) {
                return new GitFolder(own, common);
            }
        } else {
            var tree = config(own).getString("core", null, "worktree");
            if (tree != null && own.resolve(tree).toRealPath().equals(project)) {
                return new GitFolder(own, own);
            }
        }
        throw BranchException.unsupported(
                project, "'.git' points to '%s', which does not point back".formatted(own));
    }

    private GitFolder checked(Path project) throws IOException {
        for (var part : Set.of("objects", "refs", "refs/heads")) {
            if (!isFolder(common.resolve(part))) {
                throw BranchException.unsupported(
                        project, "'%s' in it is no folder of its own".formatted(part));
            }
        }
        if (own.equals(common) && Files.exists(own.resolve("commondir"))) {
            throw BranchException.unsupported(project, "it shares another one's objects");
        }
        var config = config(common);
        if (config.getInt("core", "repositoryformatversion", 0) > 1) {
            throw BranchException.unsupported(project, "its format is newer than this program");
        }
        for (var extension : config.getNames("extensions")) {
            var value = config.getString("extensions", null, extension);
            if (!isKnown(extension, Objects.requireNonNullElse(value, ""))) {
                throw BranchException.unsupported(
                        project, "its config says '%s = %s'".formatted(extension, value));
            }
        }
        return this;
    }

    private static boolean isKnown(String extension, String value) {
        return switch (extension) {
            case "objectformat" -> value.equals("sha1");
            case "refstorage" -> value.equals("files");
            default -> KNOWN_EXTENSIONS.contains(extension);
        };
    }

    /** The repository's own configuration; what it would include is not read. */
    Config config() throws IOException {
        return config(common);
    }

    private static Config config(Path folder) throws IOException {
        return read(folder.resolve("config"));
    }

    /** A configuration file without what it includes; one that is not there is empty. */
    static Config read(Path file) throws IOException {
        var config = new Config();
        try {
            config.fromText(text(file));
        } catch (NoSuchFileException none) {
            return config;
        } catch (ConfigInvalidException wrong) {
            throw new IOException("'%s': %s".formatted(file, wrong.getMessage()), wrong);
        }
        return config;
    }

    private static String line(Path file) throws IOException {
        return text(file).stripTrailing();
    }

    static String text(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            var bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("'%s' is too long".formatted(file));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
