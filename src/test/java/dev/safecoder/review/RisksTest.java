package dev.safecoder.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.change.TreeEntry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RisksTest {
    private static final String KEY = "AKIA" + "ABCDEFGHIJKLMNOP";

    private static List<Risk> risks(String path, String before, String after) throws IOException {
        return new ScriptedChange(path).from(before).to(after).risks();
    }

    private static Risk host(String reason, Integer... lines) {
        return new Risk(Risk.Flag.RUNS_ON_HOST, reason, List.of(lines));
    }

    @Test
    void files_that_run_by_themselves_are_flagged_also_when_they_are_new() throws IOException {
        for (var path :
                List.of(
                        ".husky/pre-commit",
                        "tools/git/post-checkout",
                        ".gitattributes",
                        ".pre-commit-config.yaml",
                        "lefthook.yml",
                        ".github/workflows/ci.yml",
                        ".gitlab-ci.yml",
                        "Jenkinsfile",
                        ".vscode/tasks.json",
                        "sub/.vscode/settings.json",
                        ".idea/workspace.xml",
                        "x.code-workspace",
                        ".envrc",
                        ".env",
                        ".devcontainer/devcontainer.json",
                        ".zed/tasks.json",
                        ".nvimrc",
                        ".exrc",
                        ".dir-locals.el",
                        ".tool-versions",
                        "mise.toml",
                        ".gdbinit",
                        ".lldbinit",
                        "lib/pyvenv.cfg",
                        "site/evil.pth",
                        "sitecustomize.py",
                        ".mvn/jvm.config",
                        ".mvn/extensions.xml",
                        ".mvn/wrapper/maven-wrapper.properties",
                        "gradle/wrapper/gradle-wrapper.properties",
                        "gradlew",
                        "mvnw.cmd",
                        ".bazelrc",
                        "package.json",
                        ".npmrc",
                        ".yarnrc.yml",
                        "pom.xml",
                        "build.gradle",
                        "build.gradle.kts",
                        "Makefile",
                        "setup.py",
                        "tests/conftest.py",
                        "build.rs",
                        ".cargo/config.toml",
                        "Dockerfile",
                        "docker-compose.yml",
                        "CLAUDE.md",
                        "AGENTS.md",
                        "GEMINI.md",
                        ".cursorrules",
                        ".cursor/rules/x.mdc",
                        ".claude/settings.json",
                        ".codex/config.toml",
                        ".gemini/settings.json",
                        ".mcp.json",
                        ".github/copilot-instructions.md",
                        ".windsurfrules",
                        ".aider.conf.yml",
                        "skills/x/SKILL.md",
                        "node_modules/.bin/tsc",
                        ".safe-coder.toml")) {
            assertThat(risks(path, "", "x\n")).as(path).hasSize(1);
            assertThat(risks(path, "", "x\n").getFirst().flag())
                    .as(path)
                    .isEqualTo(Risk.Flag.RUNS_ON_HOST);
        }
    }

    @Test
    void disguised_names_are_flagged_like_plain_ones() throws IOException {
        for (var path :
                List.of(
                        ".VSCODE/tasks.json",
                        ".vsco\u200dde/tasks.json",
                        ".vscode./tasks.json",
                        "MAKEFILE",
                        "makefile ",
                        "claude.MD",
                        "\uff23LAUDE.md",
                        "package.json::$DATA")) {
            assertThat(risks(path, "", "x\n")).as(path).hasSize(1);
        }
    }

    @Test
    void ordinary_files_are_not_flagged() throws IOException {
        for (var path :
                List.of(
                        "src/main.c",
                        "README.md",
                        "src/hooks/useState.ts",
                        "docs/makefile.md",
                        "environment.md",
                        "a/b/package.json.md",
                        ".gitignore",
                        "vscode/tasks.json")) {
            assertThat(risks(path, "old\n", "new\n")).as(path).isEmpty();
        }
    }

    @Test
    void a_link_in_the_place_of_such_a_folder_is_flagged() throws IOException {
        var change =
                new ScriptedChange(".vscode").from("").to("elsewhere").as(TreeEntry.Type.SYMLINK);

        assertThat(change.risks())
                .isEqualTo(
                        List.of(
                                host(
                                        "an editor or debugger acts on it when it opens this folder")));
    }

    @Test
    void the_lines_that_tell_what_will_run_are_named() throws IOException {
        var before = "<project>\n  <name>x</name>\n</project>\n";
        var after = "<project>\n  <name>y</name>\n  <plugin>evil</plugin>\n</project>\n";

        assertThat(risks("pom.xml", before, after))
                .isEqualTo(List.of(host("the build runs it", 3)));
    }

    @Test
    void where_no_line_tells_all_new_ones_are_named() throws IOException {
        assertThat(risks(".husky/pre-push", "a\n", "a\nb\nc\n"))
                .isEqualTo(List.of(host("git runs it as a hook", 2, 3)));
    }

    @Test
    void a_new_executable_bit_is_flagged() throws IOException {
        var made = new ScriptedChange("tool").from("").to("x\n").as(TreeEntry.Type.EXECUTABLE);

        assertThat(made.risks()).isEqualTo(List.of(host("it becomes executable")));
    }

    @Test
    void a_lockfile_that_fetches_from_a_new_place_is_flagged() throws IOException {
        var before = "\"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\"\n";
        var harmless = "\"resolved\": \"https://registry.npmjs.org/a/-/a-2.tgz\"\n";
        var swapped = "\"resolved\": \"https://registry.npmjs.org.evil.example/a/-/a-1.tgz\"\n";

        assertThat(risks("package-lock.json", before, harmless)).isEmpty();
        assertThat(risks("package-lock.json", before, swapped))
                .isEqualTo(List.of(host("the package manager fetches from a new place", 1)));
    }

    @Test
    void a_line_that_looks_like_a_key_is_flagged_when_the_change_brought_it() throws IOException {
        assertThat(risks("a.txt", "x\n", "x\nkey=" + KEY + "\n"))
                .isEqualTo(
                        List.of(
                                new Risk(
                                        Risk.Flag.SECRET_LIKE,
                                        "it looks like a key or password",
                                        List.of(2))));
        assertThat(risks("a.txt", KEY + "\n", KEY + "\nmore\n")).isEmpty();
    }

    @Test
    void a_binary_file_is_flagged_and_so_is_a_large_one() throws IOException {
        var binary = new ScriptedChange("a.png").from("").to("\0").binary();
        var large = new ScriptedChange("big.txt").from("").to("line\n".repeat(300_000));

        assertThat(binary.risks())
                .isEqualTo(List.of(new Risk(Risk.Flag.BINARY, "it is no text", List.of())));
        assertThat(large.risks())
                .isEqualTo(List.of(new Risk(Risk.Flag.LARGE, "it has 1500000 bytes", List.of())));
    }

    @Test
    void a_deletion_has_no_risk() throws IOException {
        assertThat(new ScriptedChange("Makefile").from("x\n").risks()).isEmpty();
    }

    @Test
    void a_line_of_any_length_is_looked_at_in_bounded_time() throws IOException {
        assertThat(risks("a.txt", "", "eyJ" + "a".repeat(900_000) + "\n")).isEmpty();
    }
}
