package dev.safecoder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS: a program that the project ships under a well-known name is never the one we run. */
class ProgramPathTest {
    @TempDir Path folder;

    private Path project;
    private Path system;

    @BeforeEach
    void folders() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        system = Files.createDirectories(folder.resolve("system"));
    }

    @Test
    void the_first_program_of_the_name_is_found() throws Exception {
        var git = program(system.resolve("git"));

        assertThat(path("/nowhere:" + system).find("git")).contains(git);
        assertThat(path(system + ":/nowhere").find("docker")).isEmpty();
    }

    @Test
    void a_program_in_the_project_is_passed_over() throws Exception {
        program(Files.createDirectories(project.resolve("bin")).resolve("git"));
        var git = program(system.resolve("git"));

        assertThat(path("%s/bin:%s".formatted(project, system)).find("git")).contains(git);
    }

    @Test
    void without_an_untrusted_folder_the_same_program_is_taken() throws Exception {
        var planted = program(Files.createDirectories(project.resolve("bin")).resolve("git"));
        program(system.resolve("git"));
        var naive = ProgramPath.of("%s/bin:%s".formatted(project, system), List.of());

        assertThat(naive.find("git")).contains(planted);
    }

    @Test
    void links_into_the_project_are_passed_over() throws Exception {
        var planted = program(project.resolve("git"));
        Files.createSymbolicLink(system.resolve("git"), planted);
        Files.createSymbolicLink(folder.resolve("tools"), project);

        assertThat(path("%s:%s/tools".formatted(system, folder)).find("git")).isEmpty();
    }

    @Test
    void dots_do_not_hide_the_project() throws Exception {
        program(project.resolve("git"));

        assertThat(path("%s/../project".formatted(system)).find("git")).isEmpty();
    }

    @Test
    void a_project_reached_through_a_link_is_the_project() throws Exception {
        program(project.resolve("git"));
        var link = Files.createSymbolicLink(folder.resolve("link"), project);

        assertThat(ProgramPath.of(project.toString(), List.of(link)).find("git")).isEmpty();
    }

    @Test
    void relative_and_empty_entries_do_not_count() {
        assertThat(path("::.:bin:src/../bin").find("sh")).isEmpty();
    }

    @Test
    void folders_and_files_that_cannot_be_run_are_passed_over() throws Exception {
        Files.createDirectory(system.resolve("git"));
        Files.writeString(system.resolve("docker"), "");

        assertThat(path(system.toString()).find("git")).isEmpty();
        assertThat(path(system.toString()).find("docker")).isEmpty();
    }

    @Test
    void a_path_is_no_name() {
        assertThatThrownBy(() -> path("/bin").find("../bin/sh"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'../bin/sh' is no program's name");
    }

    private ProgramPath path(String variable) {
        return ProgramPath.of(variable, List.of(project));
    }

    private static Path program(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
