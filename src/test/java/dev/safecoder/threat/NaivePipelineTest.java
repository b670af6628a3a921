package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.A1;
import static dev.safecoder.threat.ThreatCase.A12;
import static dev.safecoder.threat.ThreatCase.A13;
import static dev.safecoder.threat.ThreatCase.A14;
import static dev.safecoder.threat.ThreatCase.A15;
import static dev.safecoder.threat.ThreatCase.A2;
import static dev.safecoder.threat.ThreatCase.A3;
import static dev.safecoder.threat.ThreatCase.A4;
import static dev.safecoder.threat.ThreatCase.A5;
import static dev.safecoder.threat.ThreatCase.A6;
import static dev.safecoder.threat.ThreatCase.A8;
import static dev.safecoder.threat.ThreatCase.B20;
import static dev.safecoder.threat.ThreatCase.B21;
import static dev.safecoder.threat.ThreatCase.B22;
import static dev.safecoder.threat.ThreatCase.B23;
import static dev.safecoder.threat.ThreatCase.D19;
import static dev.safecoder.threat.ThreatCase.G1;
import static dev.safecoder.threat.ThreatCase.G10;
import static dev.safecoder.threat.ThreatCase.G2;
import static dev.safecoder.threat.ThreatCase.G3;
import static dev.safecoder.threat.ThreatCase.G4;
import static dev.safecoder.threat.ThreatCase.G9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attacks of classes A and G succeed against the naive pipeline, and the checks see it. */
class NaivePipelineTest {
    @TempDir Path folder;
    private Canaries canaries;
    private NaivePipeline naive;

    @BeforeEach
    void lay() throws Exception {
        canaries = Canaries.lay(folder);
        naive = new NaivePipeline(canaries, folder).copied("-a");
    }

    @AfterEach
    void end() {
        canaries.close();
    }

    private void assertTheMarkIsSeen() throws Exception {
        assertThat(canaries.touched())
                .anyMatch(line -> line.startsWith(canaries.mark().toString()));
    }

    @Test
    @NegativeControl(A1)
    void git_over_a_nested_repository_runs_its_filter() throws Exception {
        naive.run(GitAttacks.NESTED_FILTER);
        naive.git("add -A");
        naive.run(GitAttacks.NESTED_FILTER_AGAIN);
        naive.git("status");
        assertTheMarkIsSeen();
    }

    @Test
    @NegativeControl(A2)
    void git_with_the_users_configuration_runs_the_users_filter() throws Exception {
        naive.run(GitAttacks.GLOBAL_FILTER);
        naive.git("add -A");
        assertTheMarkIsSeen();
    }

    @Test
    @NegativeControl(A3)
    void git_does_not_list_what_lies_beside_a_nested_folder() throws Exception {
        naive.run(GitAttacks.HIDING_FOLDERS);
        assertThat(naive.listed()).doesNotContain("lib3/payload.sh");
    }

    @Test
    @NegativeControl({A4, B20})
    void git_runs_what_the_configuration_names() throws Exception {
        naive.run(GitAttacks.CONFIGURED_PROGRAMS);
        naive.git("status");
        assertTheMarkIsSeen();
    }

    @Test
    @NegativeControl(A5)
    void a_commit_runs_hooks() throws Exception {
        naive.run(GitAttacks.HOOKS);
        naive.git("commit -qam step");
        assertTheMarkIsSeen();
    }

    @Test
    @NegativeControl(A6)
    void git_follows_an_included_configuration() throws Exception {
        naive.run(GitAttacks.INCLUDED_CONFIGURATION);
        naive.git("status");
        assertTheMarkIsSeen();
    }

    @Test
    @NegativeControl(A8)
    void without_a_wall_alternates_lead_to_the_secret() throws Exception {
        naive.run(GitAttacks.ALTERNATES);
        assertThat(naive.run(GitAttacks.THROUGH_ALTERNATES))
                .contains(canaries.secrets().getFirst());
    }

    @Test
    @NegativeControl(A12)
    void a_link_takes_a_file_of_the_next_step_home() throws Exception {
        naive.run("ln -s @HOME@ d");
        naive.run("echo evil >d/.bashrc");
        assertThat(canaries.touched()).isNotEmpty();
    }

    @Test
    @NegativeControl(A13)
    void the_diff_of_git_does_not_show_a_script_that_an_attribute_hides() throws Exception {
        naive.run(GitAttacks.BLINDING_ATTRIBUTES);
        naive.git("add -A -- .gitattributes new.sh");
        assertThat(naive.git("diff --cached -- new.sh")).doesNotContain("curl evil");
    }

    @Test
    @NegativeControl(A14)
    void git_does_not_list_what_is_ignored() throws Exception {
        naive.run(GitAttacks.IGNORED_PAYLOAD);
        assertThat(naive.listed()).doesNotContain("node_modules/.bin/tsc", "a.txt", "hidden");
    }

    @Test
    @NegativeControl(A15)
    void a_search_path_with_the_project_on_it_finds_the_projects_git() throws Exception {
        naive.run(GitAttacks.LOCAL_PROGRAMS);
        naive.run("PATH=.:$PATH; git status");
        assertTheMarkIsSeen();
    }

    @Test
    @NegativeControl({G1, G10, B21, B22, B23})
    void copying_back_brings_files_that_run_by_themselves() throws Exception {
        naive.run(SecretAttacks.SELF_RUNNING_FILES);
        naive.syncBack();
        assertThat(naive.project().resolve(".vscode/tasks.json")).exists();
        assertThat(naive.project().resolve("CLAUDE.md")).exists();
    }

    @Test
    @NegativeControl(G2)
    void a_shell_that_inherits_the_environment_has_the_key() throws Exception {
        assertThat(naive.run(SecretAttacks.ENVIRONMENTS)).contains(canaries.secrets());
    }

    @Test
    @NegativeControl(G3)
    void whoever_reads_the_projects_environment_is_redirected() throws Exception {
        Files.writeString(naive.work().resolve(".env"), SecretAttacks.PROJECT_SETTINGS);
        assertThat(naive.run("set -a; . ./.env 2>/dev/null; set")).contains("https://evil.example");
    }

    @Test
    @NegativeControl(G4)
    void a_copy_has_the_secrets_of_the_project() throws Exception {
        assertThat(naive.run(SecretAttacks.PROJECT_SECRETS)).contains(SampleProject.SECRETS);
    }

    @Test
    @NegativeControl(G9)
    void whoever_draws_an_image_fetches_it() throws Exception {
        naive.run(SecretAttacks.REMOTE_IMAGE);
        naive.run(
                "grep -oE '/[0-9]+/' page.md | head -1 | tr -d / | (read p; : <>/dev/tcp/127.0.0.1/$p)");
        Eventually.holds("it is seen", Duration.ofSeconds(10), () -> !canaries.touched().isEmpty());
    }

    @Test
    @NegativeControl(D19)
    void a_wall_that_is_left_out_when_it_cannot_be_built_is_none() throws Exception {
        var wall = "unshare --user --map-root-user --mount=/no/such/place";
        var command = "cat @HOME@/.ssh/id_canary";
        assertThat(naive.run("%s %s || %s".formatted(wall, command, command)))
                .contains(canaries.secrets().getFirst());
    }
}
