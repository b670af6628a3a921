package dev.safecoder.path;

import static dev.safecoder.threat.ThreatCase.A3;
import static dev.safecoder.threat.ThreatCase.B20;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.history.RealGit;
import dev.safecoder.threat.Threat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md A3: what git takes for its own folder never gets into a tree; git is the judge. */
final class GitNamesTest {
    private static final String[] NAMES = {
        ".git",
        ".GIT",
        ".gIt",
        ".git ",
        ".git.",
        ".git. .",
        "git~1",
        "GIT~1",
        "git~1 ",
        ".git:x",
        ".git::$INDEX_ALLOCATION",
        "git~1:x",
        ".g\u200cit",
        "\ufeff.git",
        ".GI\u206fT\u202a",
        ".git\\x",
        "a\\.git",
        "git~2",
        "git~10",
        ".gitx",
        ".git x",
        ".gitignore",
        "git",
        ".gi",
        "..git",
        "x.git",
        ".git\u00a0",
        ".gıt",
        "\u200c",
        "a\\b",
        ".g\u200bit",
    };

    @TempDir Path folder;

    @Test
    @Threat({A3, B20})
    void the_names_that_git_refuses_are_refused() throws Exception {
        var git = new RealGit(folder);
        git.text("init", "-q", "--bare", ".");
        var blob = git.text("hash-object", "-w", "--stdin", "-t", "blob").strip();
        var judged = new TreeMap<String, Boolean>();
        var ours = new TreeMap<String, Boolean>();
        for (var name : NAMES) {
            var line = new ByteArrayOutputStream();
            line.writeBytes(
                    ("100644 blob " + blob + "\t" + name + "\0").getBytes(StandardCharsets.UTF_8));
            var tree = new String(git.run(line.toByteArray(), "mktree", "-z").output()).strip();
            var verdict = git.run(new byte[0], "fsck", "--strict", "--no-dangling", tree);
            judged.put(name, verdict.code() != 0);
            ours.put(name, GitNames.isIn(RelativePath.of("folder").resolve(RelativePath.of(name))));
            git.text("prune", "--expire=now");
            git.run(new byte[0], "hash-object", "-w", "--stdin", "-t", "blob");
        }
        assertThat(ours).isEqualTo(judged);
    }
}
