package dev.safecoder.commandline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The history in semver.bundle: a repository with one commit for each release of a package, and
 * what an agent would do to get from one to the next.
 */
final class Releases {
    private static final int MOST_IN_A_COMMAND = 30_000;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private final Path repository;

    /** Commits whose trees differ from the one before, oldest first. */
    final List<String> commits;

    private Releases(Path repository, List<String> commits) {
        this.repository = repository;
        this.commits = commits;
    }

    static Releases unpackIn(Path folder) throws IOException, InterruptedException {
        var bundle = folder.resolve("semver.bundle");
        try (var resource = Releases.class.getResourceAsStream("semver.bundle")) {
            Files.copy(Objects.requireNonNull(resource), bundle);
        }
        Git.in(folder, "clone", "-q", "--bare", "-b", "main", bundle.toString(), "releases.git");
        var repository = folder.resolve("releases.git");
        var commits = new ArrayList<String>();
        var before = "";
        var log = Git.in(repository, "log", "--reverse", "--format=%H %T", "main");
        for (var line : log.lines().map(it -> it.split(" ")).toList()) {
            if (!line[1].equals(before)) {
                commits.add(line[0]);
            }
            before = line[1];
        }
        return new Releases(repository, List.copyOf(commits));
    }

    /** Writes the files of a commit. */
    void checkOut(String commit, Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        Git.in(repository, "--work-tree=" + into, "checkout", "-q", "-f", commit, "--", ".");
    }

    /** What git says differs, one entry after the other: modes, contents, status, path. */
    static String changes(Path repository, String from, String to)
            throws IOException, InterruptedException {
        return Git.in(
                repository,
                List.of("diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", from, to));
    }

    String changes(String from, String to) throws IOException, InterruptedException {
        return changes(repository, from, to);
    }

    /** The tree that a folder's files make, by git's own hand. */
    String treeOf(Path folder) throws IOException, InterruptedException {
        Git.in(repository, "--work-tree=" + folder, "add", "-A", "-f", ".");
        return Git.in(repository, "write-tree").strip();
    }

    String treeOf(String commit) throws IOException, InterruptedException {
        return Git.in(repository, "rev-parse", commit + "^{tree}").strip();
    }

    /** Adds a turn that makes the one release from the other, by file tools or by a shell. */
    void play(Script script, String from, String to, Means means)
            throws IOException, InterruptedException {
        script.turn("");
        var fields = changes(from, to).split("\0");
        for (int i = 0; i + 1 < fields.length; i += 2) {
            var entry = fields[i].substring(1).split(" ");
            var path = fields[i + 1];
            if (entry[4].equals("D")) {
                script.bash("rm -- '%s'".formatted(path));
                continue;
            }
            var content = blob(entry[3]);
            var chmod = "chmod %s '%s'".formatted(entry[1].substring(3), path);
            if (means == Means.FILE_TOOLS && isText(content)) {
                if (entry[4].equals("M")) {
                    script.read(path); // what changed since it was read is not written over
                }
                script.write(path, new String(content, StandardCharsets.UTF_8));
                if (!entry[0].equals(entry[1]) && !entry[1].equals("100644")) {
                    script.bash(chmod);
                }
            } else {
                writeByShell(script, path, content, chmod);
            }
        }
    }

    /** With what the agent works. */
    enum Means {
        FILE_TOOLS,
        SHELL
    }

    private byte[] blob(String id) throws IOException, InterruptedException {
        return Git.in(repository, "cat-file", "blob", id).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void writeByShell(Script script, String path, byte[] content, String last) {
        var command =
                new StringBuilder(
                        "mkdir -p \"$(dirname '%s')\" && : >'%s'\n".formatted(path, path));
        for (int at = 0; at < content.length; at += MOST_IN_A_COMMAND) {
            if (at > 0) {
                script.bash(command.toString());
                command.setLength(0);
            }
            int end = Math.min(content.length, at + MOST_IN_A_COMMAND);
            var text = LINES.encodeToString(Arrays.copyOfRange(content, at, end));
            command.append("base64 -d >>'%s' <<'E'\n%s\nE\n".formatted(path, text));
        }
        script.bash(command + last);
    }

    private static boolean isText(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
