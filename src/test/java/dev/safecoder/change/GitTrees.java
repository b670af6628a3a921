package dev.safecoder.change;

import dev.safecoder.history.RealGit;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Trees brought into a real git repository with a work tree, by its own import. */
final class GitTrees {
    private final RealGit git;
    private final Path workTree;

    GitTrees(Path folder) throws IOException, InterruptedException {
        workTree = folder;
        git = new RealGit(folder);
        git.text("init", "-q", ".");
        git.text("config", "core.autocrlf", "false");
    }

    RealGit git() {
        return git;
    }

    /** Makes a commit that holds just this tree, on a branch of this name. */
    void put(String branch, Map<RelativePath, TreeEntry> tree, BlobSource blobs)
            throws IOException, InterruptedException {
        var stream = new ByteArrayOutputStream();
        line(stream, "reset refs/heads/" + branch);
        line(stream, "commit refs/heads/" + branch);
        line(stream, "committer x <x@x> 0 +0000");
        line(stream, "data 0");
        line(stream, "deleteall");
        for (var file : tree.entrySet()) {
            var mode = Integer.toOctalString(file.getValue().type().gitMode());
            line(stream, "M " + mode + " inline " + octal(file.getKey()));
            var content = blobs.bytes(file.getValue().blob());
            line(stream, "data " + content.length);
            stream.write(content);
            stream.write('\n');
        }
        var outcome = git.run(stream.toByteArray(), "fast-import", "--quiet", "--force");
        if (outcome.code() != 0) {
            throw new AssertionError(outcome.errors());
        }
    }

    /** Lays the branch's tree out as files. */
    void checkOut(String branch) throws IOException, InterruptedException {
        git.text("read-tree", "--reset", "-u", branch);
        git.text("clean", "-qffdx");
    }

    Path write(String name, byte[] content) throws IOException {
        return Files.write(workTree.resolve(".git").resolve(name), content);
    }

    String tree(String branch) throws IOException, InterruptedException {
        return git.text("rev-parse", branch + "^{tree}").strip();
    }

    private static void line(ByteArrayOutputStream to, String text) {
        to.writeBytes((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String octal(RelativePath path) {
        var text = new StringBuilder("\"");
        for (byte one : path.bytes()) {
            text.append("\\%03o".formatted(one & 0xff));
        }
        return text.append('"').toString();
    }
}
