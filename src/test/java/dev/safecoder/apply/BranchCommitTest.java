package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.history.BranchException;
import dev.safecoder.history.NewBranch;
import dev.safecoder.history.ProjectRepository;
import dev.safecoder.history.RealGit;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepted changes as a commit of the user's repository; git itself says what it is worth. */
class BranchCommitTest {
    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    private static final SampleTree BASE =
            new SampleTree()
                    .file("README", "base\n")
                    .file("lines", LINES)
                    .file("gone", "g\n")
                    .file("old/name", "a\nb\nc\nd\ne\n")
                    .file("folder/one", "1\n")
                    .file("thing", "t\n")
                    .file("tool", "#!/bin/sh\n")
                    .link("link", "README");

    @TempDir Path folder;
    private ApplyFixture fixture;
    private Path project;
    private RealGit git;

    @BeforeEach
    void makeRepository() throws Exception {
        fixture = new ApplyFixture(folder, BASE);
        project = fixture.project();
        git = new RealGit(project);
        git.text("init", "-q", "-b", "main");
        commitAll();
    }

    private void commitAll() throws Exception {
        git.text("add", "-A", "-f");
        git.text("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "-q", "-m", "all");
    }

    private static NewBranch branch(String name) {
        return new NewBranch(name, "Accepted", Instant.ofEpochSecond(1_700_000_000), List.of());
    }

    /** Commits all that leads from the base to a tree, or says what is in conflict. */
    private ApplyPreview commit(SampleTree after, String name) throws IOException {
        try (var repository = ProjectRepository.open(project)) {
            var request = fixture.request(after).withLinks(Links.ALLOW_INSIDE);
            var preview = fixture.applier().preview(request, repository.committed());
            if (preview.conflicts().isEmpty() && preview.refused().isEmpty()) {
                repository.commit(branch(name), preview.changes());
            }
            return preview;
        }
    }

    /** A commit's tree as git checks it out elsewhere. */
    private SampleTree checkedOut(String name) throws Exception {
        var elsewhere = folder.resolve("checkout-" + name.replace('/', '-'));
        git.text("clone", "-q", "-b", name, project.toString(), elsewhere.toString());
        return withoutGit(SampleTree.readFrom(elsewhere));
    }

    private static SampleTree withoutGit(SampleTree tree) {
        return tree.without(".git");
    }

    /** The project with its whole git folder, but for objects and one branch. */
    private Map<String, SampleTree.Node> allBut(String name) throws IOException {
        var all = new TreeMap<>(SampleTree.readFrom(project).without(".git/objects").nodes());
        all.remove(".git/refs/heads/" + name);
        return all;
    }

    @Test
    void every_kind_of_change_becomes_one_commit_on_top_of_head() throws Exception {
        var after =
                BASE.file("README", "new\n")
                        .without("gone")
                        .without("old")
                        .file("new/deep/name", "a\nb\nc\nd\ne\n")
                        .without("folder")
                        .file("folder", "now a file\n")
                        .without("thing")
                        .file("thing/inside", "t\n")
                        .executable("tool", "#!/bin/sh\n")
                        .link("link", "lines")
                        .file("folder.txt", "sorts between\n")
                        .file("empty", "");

        assertThat(commit(after, "agent/work").conflicts()).isEmpty();

        assertThat(git.text("fsck", "--strict", "--full")).isEmpty();
        assertThat(checkedOut("agent/work")).isEqualTo(after);
        assertThat(git.text("rev-parse", "agent/work^")).isEqualTo(git.text("rev-parse", "HEAD"));
        assertThat(git.text("log", "-1", "--format=%an %ae %ct %s", "agent/work"))
                .isEqualTo("Safe Coder safe-coder@localhost 1700000000 Accepted\n");
    }

    @Test
    void nothing_else_of_the_project_or_its_git_folder_changes() throws Exception {
        Files.writeString(project.resolve("README"), "edited by the user\n");
        Files.writeString(project.resolve("staged"), "staged\n");
        git.text("add", "staged");
        var before = allBut("work");
        var status = git.text("status", "--porcelain");
        var reflog = git.text("reflog");

        commit(BASE.file("README", "new\n"), "work");

        assertThat(allBut("work")).isEqualTo(before);
        assertThat(git.text("status", "--porcelain")).isEqualTo(status);
        assertThat(git.text("reflog")).isEqualTo(reflog);
        assertThat(git.text("show", "work:README")).isEqualTo("new\n");
        assertThat(git.run(new byte[0], "cat-file", "-e", "work:staged").code()).isNotZero();

        // the same look finds what git's own way leaves behind
        git.text("stash", "-q");
        git.text("checkout", "-q", "-b", "naive");
        assertThat(allBut("naive")).isNotEqualTo(before);
    }

    @Test
    void what_head_holds_otherwise_is_merged_or_in_conflict() throws Exception {
        Files.writeString(project.resolve("lines"), LINES.replace("1\n", "one\n"));
        commitAll();
        var heads = git.text("for-each-ref");

        assertThat(commit(BASE.file("lines", LINES.replace("9\n", "nine\n")), "apart").merged())
                .containsExactly(RelativePath.of("lines"));
        assertThat(git.text("show", "apart:lines"))
                .isEqualTo(LINES.replace("1\n", "one\n").replace("9\n", "nine\n"));
        git.text("branch", "-q", "-D", "apart");

        var clash = commit(BASE.file("lines", LINES.replace("1\n", "uno\n")), "clash");
        assertThat(clash.conflicts()).extracting("path").containsExactly(RelativePath.of("lines"));
        assertThat(git.text("for-each-ref")).isEqualTo(heads);
    }

    @Test
    void a_file_that_git_does_not_know_cannot_be_edited_in_a_commit() throws Exception {
        git.text("rm", "-q", "--cached", "README");
        git.text("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "-q", "-m", "rm");

        assertThat(commit(BASE.file("README", "new\n"), "work").conflicts()).hasSize(1);
    }

    @Test
    void nothing_that_the_repository_names_is_run() throws Exception {
        var ran = folder.resolve("ran");
        var program = project.resolve(".git/hooks/reference-transaction");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\necho ran >>'%s'\n".formatted(ran));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        git.text("config", "filter.evil.clean", "sh -c 'cat; echo ran >>\"%s\"'".formatted(ran));
        git.text("config", "core.fsmonitor", program.toString());
        Files.writeString(project.resolve(".git/info/attributes"), "* filter=evil\n");

        commit(BASE.file("README", "new\n").file(".gitattributes", "* filter=evil\n"), "work");

        assertThat(git.text("cat-file", "-p", "work:README")).isEqualTo("new\n");
        Files.deleteIfExists(ran); // git itself may have asked the monitor just now
        commit(BASE.file("README", "newer\n"), "again");
        assertThat(ran).doesNotExist();

        git.text("branch", "naive");
        assertThat(ran).as("git's own way runs the hook").exists();
    }

    @Test
    void the_author_is_who_the_users_git_says() throws Exception {
        var global = Files.writeString(folder.resolve("global"), "[user]\nname = G\nemail = g@h\n");
        git.text("config", "user.name", "Rena <Tester>");
        try (var repository = ProjectRepository.open(project)) {
            var preview =
                    fixture.applier()
                            .preview(fixture.request(BASE.file("x", "x")), repository.committed());
            repository.commit(
                    new NewBranch("work", "Accepted", Instant.EPOCH, List.of(global)),
                    preview.changes());
        }

        assertThat(git.text("log", "-1", "--format=%an|%ae|%cn", "work"))
                .isEqualTo("Rena  Tester|g@h|Rena  Tester\n");
        assertThat(git.text("fsck", "--strict")).isEmpty();
    }

    @Test
    void packed_objects_and_refs_are_read() throws Exception {
        git.text("branch", "other/one");
        git.text("gc", "-q");
        git.text("pack-refs", "--all");

        commit(BASE.file("README", "new\n"), "work");

        assertThat(git.text("show", "work:README")).isEqualTo("new\n");
        assertRefused("other/one", "the branch 'other/one' exists already");
        assertRefused("other", "the branch 'other' cannot be made beside the branch 'other/…'");
        assertRefused("main/x", "the branch 'main/x' cannot be made beside the branch 'main'");
    }

    private void assertRefused(String name, String problem) throws Exception {
        var refs = git.text("for-each-ref");
        assertThatThrownBy(() -> commit(BASE.file("README", "other\n"), name))
                .isInstanceOf(BranchException.class)
                .hasMessage(problem);
        assertThat(git.text("for-each-ref")).isEqualTo(refs);
    }

    @Test
    void a_branch_that_is_there_is_not_moved() throws Exception {
        git.text("branch", "work");
        git.text("branch", "a/b");

        assertRefused("work", "the branch 'work' exists already");
        assertRefused("a", "the branch 'a' cannot be made beside the branch 'a/…'");
        assertRefused("work/x", "the branch 'work/x' cannot be made beside the branch 'work'");
        assertThat(NewBranch.isName("-x")).isFalse();
        assertThat(NewBranch.isName("a..b")).isFalse();
        assertThat(NewBranch.isName("HEAD")).isFalse();
        assertThat(NewBranch.isName("../x")).isFalse();
        assertThat(NewBranch.isName("agent/über")).isTrue();
    }

    @Test
    void work_trees_and_submodules_are_followed_and_nothing_else_is() throws Exception {
        git.text("branch", "side");
        var tree = folder.resolve("tree");
        git.text("worktree", "add", "-q", tree.toString(), "side");
        try (var repository = ProjectRepository.open(tree)) {
            var request = fixture.request(BASE.file("README", "new\n"));
            var preview = fixture.applier().preview(request, repository.committed());
            repository.commit(branch("work"), preview.changes());
        }
        assertThat(git.text("show", "work:README")).isEqualTo("new\n");

        var stranger = Files.createDirectory(folder.resolve("stranger"));
        Files.copy(tree.resolve(".git"), stranger.resolve(".git"));
        assertThatThrownBy(() -> ProjectRepository.open(stranger))
                .isInstanceOf(BranchException.class)
                .hasMessageContaining("does not point back");

        var above = Files.createDirectory(folder.resolve("above"));
        var outer = new RealGit(above);
        outer.text("init", "-q");
        outer.text(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "-q",
                project.toString(),
                "sub");
        try (var repository = ProjectRepository.open(above.resolve("sub"))) {
            assertThat(repository.committed().entries()).containsKey(RelativePath.of("README"));
        }
    }

    @Test
    void a_submodule_and_modes_of_other_gits_stay_as_they_are() throws Exception {
        var head = git.text("rev-parse", "HEAD").strip();
        git.text("update-index", "--add", "--cacheinfo", "160000," + head + ",module");
        git.text("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "-q", "-m", "sub");

        commit(BASE.file("README", "new\n"), "work");

        assertThat(git.text("ls-tree", "work", "module")).startsWith("160000 commit " + head);
        assertThat(commit(BASE.file("module/x", "x\n"), "into").conflicts()).hasSize(1);
    }

    @Test
    void objects_of_another_repository_are_read_and_not_written() throws Exception {
        var clone = folder.resolve("clone");
        git.text("clone", "-q", "--shared", project.toString(), clone.toString());
        var before = SampleTree.readFrom(project);

        try (var repository = ProjectRepository.open(clone)) {
            var request = fixture.request(BASE.file("README", "new\n"));
            var preview = fixture.applier().preview(request, repository.committed());
            repository.commit(branch("work"), preview.changes());
        }

        assertThat(new RealGit(clone).text("show", "work:README")).isEqualTo("new\n");
        assertThat(SampleTree.readFrom(project)).isEqualTo(before);
    }

    @Test
    void a_repository_of_another_kind_is_refused_in_words() throws Exception {
        var other = Files.createDirectory(folder.resolve("other"));
        assertThatThrownBy(() -> ProjectRepository.open(other))
                .hasMessage("'%s' is not the root of a git repository".formatted(other));

        new RealGit(other).text("init", "-q", "--object-format=sha256");
        assertThatThrownBy(() -> ProjectRepository.open(other))
                .isInstanceOf(BranchException.class)
                .hasMessageContaining("its config says 'objectformat = sha256'");

        var unborn = Files.createDirectory(folder.resolve("unborn"));
        new RealGit(unborn).text("init", "-q");
        assertThatThrownBy(() -> ProjectRepository.open(unborn))
                .isInstanceOf(BranchException.class)
                .hasMessageContaining("has no commit yet");

        Files.move(project.resolve(".git/refs/heads"), folder.resolve("heads"));
        Files.createSymbolicLink(project.resolve(".git/refs/heads"), folder.resolve("heads"));
        assertThatThrownBy(() -> ProjectRepository.open(project))
                .isInstanceOf(BranchException.class)
                .hasMessageContaining("'refs/heads' in it is no folder of its own");
    }
}
