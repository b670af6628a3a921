package dev.safecoder.apply;

import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.IOException;

/**
 * A project and fifty changes of every kind to it. The user, too, changed something since the
 * session began: a file that the session gives another name.
 */
final class MixedChanges {
    static final int COUNT = 50;

    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    private MixedChanges() {}

    /** What the session began with. */
    private static SampleTree base() {
        var tree = new SampleTree().file("untouched.txt", "stays\n").executable("bin/run", "#!\n");
        for (int i = 0; i < 10; i++) {
            tree =
                    tree.file("src/edited" + i + ".c", "line 1\nline 2\nfile " + i + "\n")
                            .file("gone/deep" + i % 3 + "/file" + i, "content " + i)
                            .file("mode/file" + i % 5, "script " + i % 5);
        }
        return tree.file("folder-to-file/a", "a")
                .file("folder-to-file/sub/b", "b")
                .file("file-to-folder", "file")
                .link("link-to-file", "untouched.txt")
                .file("same-size", "1234")
                .file("big", "x".repeat(200_000))
                .file("moved", LINES);
    }

    /** What the user's project holds. */
    static SampleTree before() {
        return base().file("moved", LINES.replace("1\n", "the user's\n"));
    }

    /** What it holds when all of it is applied. */
    static SampleTree after() {
        return session()
                .file("moved-on", LINES.replace("1\n", "the user's\n").replace("9", "nine"));
    }

    /** All of the changes, accepted. */
    static Review review() throws IOException {
        return Review.of(base().comparedTo(session())).decideAll(_ -> true, Verdict.ACCEPT);
    }

    private static SampleTree session() {
        var tree = base().without("gone").without("folder-to-file").without("file-to-folder");
        for (int i = 0; i < 10; i++) {
            tree =
                    tree.file("src/edited" + i + ".c", "line 1\nchanged\nfile " + i + "\n")
                            .file("new/deep" + i % 4 + "/file" + i, "new " + i);
        }
        for (int i = 0; i < 5; i++) {
            tree = tree.executable("mode/file" + i, "script " + i);
        }
        for (int i = 0; i < 6; i++) {
            tree = tree.file("added" + i, i == 0 ? "" : "added " + i);
        }
        return tree.file("folder-to-file", "now a file")
                .file("file-to-folder/inner", "now in a folder")
                .without("link-to-file")
                .file("link-to-file", "now a file")
                .file("same-size", "4321")
                .without("bin/run")
                .executable("bin/renamed", "#!\n")
                .file("big", "y".repeat(150_000))
                .without("moved")
                .file("moved-on", LINES.replace("9", "nine"));
    }
}
