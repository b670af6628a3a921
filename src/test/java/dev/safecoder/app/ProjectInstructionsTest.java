package dev.safecoder.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.ProjectInstructions.Loaded;
import dev.safecoder.app.ProjectInstructions.Loaded.Extent;
import dev.safecoder.workspace.Masks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectInstructionsTest {
    @TempDir private Path temp;
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(temp.toRealPath().resolve("project"));
    }

    private void put(String path, String text) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ProjectInstructions from(Path workingFolder) {
        return ProjectInstructions.of(project, workingFolder, Masks.DEFAULT);
    }

    @Test
    void the_first_name_of_each_folder_counts_from_the_project_down() throws IOException {
        put("AGENTS.md", "root");
        put("CLAUDE.md", "not this");
        put("a/GEMINI.md", "a");
        put("a/b/CLAUDE.md", "b");
        put("a/b/c/AGENTS.md", "too deep");
        put("other/AGENTS.md", "beside");

        assertThat(from(project.resolve("a/b")).files())
                .containsExactly(
                        new Loaded("AGENTS.md", "root", Extent.WHOLE),
                        new Loaded("a/GEMINI.md", "a", Extent.WHOLE),
                        new Loaded("a/b/CLAUDE.md", "b", Extent.WHOLE));
        assertThat(from(temp).paths()).containsExactly("AGENTS.md");
    }

    @Test
    void no_link_is_followed_out_of_the_project_or_within() throws IOException {
        var secret = Files.writeString(temp.resolve("secret"), "secret");
        Files.createSymbolicLink(project.resolve("AGENTS.md"), secret);
        put("CLAUDE.md", "honest");

        assertThat(from(project).files())
                .containsExactly(new Loaded("CLAUDE.md", "honest", Extent.WHOLE));
        Files.createSymbolicLink(project.resolve("out"), temp);
        Files.writeString(temp.resolve("AGENTS.md"), "outside");
        assertThat(from(project.resolve("out")).paths()).containsExactly("CLAUDE.md");
    }

    @Test
    void what_is_masked_is_not_read() throws IOException {
        put("AGENTS.md", "hidden");
        put(".ssh/AGENTS.md", "hidden");

        var masks = new Masks(List.of("agents.md"));
        assertThat(ProjectInstructions.of(project, project, masks).files()).isEmpty();
        assertThat(from(project.resolve(".ssh")).paths()).containsExactly("AGENTS.md");
    }

    @Test
    void all_of_them_together_have_their_limit() throws IOException {
        put("AGENTS.md", "x".repeat(30 << 10));
        put("a/AGENTS.md", "y".repeat(30 << 10));
        put("a/b/AGENTS.md", "z");

        var files = from(project.resolve("a/b")).files();

        assertThat(files.stream().mapToInt(file -> file.text().length()).sum())
                .isEqualTo(ProjectInstructions.MOST_BYTES);
        assertThat(files.stream().map(Loaded::extent)).containsExactly(Extent.WHOLE, Extent.CUT);
    }

    @Test
    void folders_and_empty_files_of_these_names_are_none() throws IOException {
        Files.createDirectories(project.resolve("AGENTS.md"));
        put("CLAUDE.md", " \n");
        put("GEMINI.md", "this");

        assertThat(from(project).paths()).containsExactly("GEMINI.md");
    }
}
