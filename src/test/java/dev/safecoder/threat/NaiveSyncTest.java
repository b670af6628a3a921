package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.B1;
import static dev.safecoder.threat.ThreatCase.B10;
import static dev.safecoder.threat.ThreatCase.B11;
import static dev.safecoder.threat.ThreatCase.B14;
import static dev.safecoder.threat.ThreatCase.B15;
import static dev.safecoder.threat.ThreatCase.B17;
import static dev.safecoder.threat.ThreatCase.B18;
import static dev.safecoder.threat.ThreatCase.B2;
import static dev.safecoder.threat.ThreatCase.B24;
import static dev.safecoder.threat.ThreatCase.B25;
import static dev.safecoder.threat.ThreatCase.B4;
import static dev.safecoder.threat.ThreatCase.B5;
import static dev.safecoder.threat.ThreatCase.B7;
import static dev.safecoder.threat.ThreatCase.B8;
import static dev.safecoder.threat.ThreatCase.B9;
import static dev.safecoder.threat.ThreatCase.H1;
import static dev.safecoder.threat.ThreatCase.H3;
import static dev.safecoder.threat.ThreatCase.H7;
import static dev.safecoder.threat.ThreatCase.I8;
import static dev.safecoder.threat.ThreatCase.I9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attacks of classes B and H succeed against the naive pipeline, and the checks see it. */
class NaiveSyncTest {
    @TempDir Path folder;
    private Canaries canaries;
    private NaivePipeline naive;

    @BeforeEach
    void lay() throws Exception {
        canaries = Canaries.lay(folder);
        naive = new NaivePipeline(canaries, folder);
    }

    @AfterEach
    void end() {
        canaries.close();
    }

    @Test
    @NegativeControl(B1)
    void a_link_brings_the_secret_into_the_project() throws Exception {
        naive.copied("-a").run("ln -s @HOME@/.ssh/id_canary notes.txt");
        naive.syncBack();
        assertThat(naive.project().resolve("notes.txt"))
                .content()
                .contains(canaries.secrets().getFirst());
    }

    @Test
    @NegativeControl({B2, B4, B5})
    void a_file_below_a_link_of_the_project_is_written_where_the_link_leads() throws Exception {
        Files.createSymbolicLink(naive.project().resolve("d"), canaries.home());
        Files.createSymbolicLink(naive.project().resolve("dangling"), folder.resolve("none"));
        naive.copied("-a").run(TreeAttacks.BELOW_LINKS);
        Files.delete(naive.work().resolve("dangling/x"));
        naive.syncBack();
        assertThat(canaries.touched()).anyMatch(line -> line.contains(".bashrc"));
    }

    @Test
    @NegativeControl(B7)
    void a_workspace_of_hard_links_is_the_project_itself() throws Exception {
        naive.copied("-al").run(TreeAttacks.HARD_LINKS);
        assertThat(naive.project().resolve("a.txt")).content().endsWith("x\n");
    }

    @Test
    @NegativeControl(B8)
    void a_path_that_is_only_resolved_climbs_out() throws Exception {
        naive.copied("-a");
        var path = canaries.told("@OUTSIDE@/private.txt");
        Files.writeString(naive.work().resolve(path), "evil\n");
        assertThat(canaries.touched()).isNotEmpty();
    }

    @Test
    @NegativeControl(B9)
    void reading_a_pipe_does_not_end() throws Exception {
        naive.copied("-a").run(TreeAttacks.SPECIAL_FILES);
        var pipe = naive.work().resolve("p");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = threads.submit(() -> Files.readAllBytes(pipe));
            assertThatThrownBy(() -> read.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            Files.write(pipe, new byte[0]); // its other end: the reader goes on
        }
    }

    @Test
    @NegativeControl(B10)
    void an_ordinary_copy_keeps_the_users_bit() throws Exception {
        naive.copied("-a").run(TreeAttacks.MODES + "cp -a x '" + naive.project() + "/x'");
        int mode = (int) Files.getAttribute(naive.project().resolve("x"), "unix:mode");
        assertThat(mode & 06000).isEqualTo(06000);
        naive.run("chmod 700 closed");
    }

    @Test
    @NegativeControl(B14)
    void a_name_that_goes_through_text_is_lost() throws Exception {
        naive.copied("-a").run("printf x >$'bad\\xff\\xfe'");
        try (var files = Files.newDirectoryStream(naive.work(), "bad*")) {
            var file = files.iterator().next();
            assertThat(file).exists();
            assertThat(Path.of(file.toString())).doesNotExist();
        }
    }

    @Test
    @NegativeControl(B15)
    void a_listing_by_lines_shows_names_that_are_not_there_and_raw_escapes() throws Exception {
        naive.copied("-a").run("mkdir names; cd names\n" + TreeAttacks.HOSTILE_NAMES);
        var listed = naive.run("find names -type f");
        assertThat(listed.lines().count()).isGreaterThan(TreeAttacks.HOSTILE_NAME_COUNT);
        assertThat(Terminal.dangers(listed)).isNotEmpty();
    }

    @Test
    @NegativeControl(B17)
    void the_space_that_a_sparse_file_takes_says_nothing_of_its_length() throws Exception {
        naive.copied("-a").run("truncate -s 9G big");
        assertThat(naive.run("du -k big").split("\\s")[0]).isEqualTo("0");
        assertThat(Files.size(naive.work().resolve("big"))).isEqualTo(9L << 30);
    }

    @Test
    @NegativeControl(B24)
    void copying_what_is_there_now_brings_what_nobody_saw() throws Exception {
        naive.copied("-a").run("echo good >reviewed.sh");
        var shown = Files.readAllBytes(naive.work().resolve("reviewed.sh"));
        naive.run("echo evil >reviewed.sh");
        naive.syncBack();
        assertThat(Files.readAllBytes(naive.project().resolve("reviewed.sh"))).isNotEqualTo(shown);
    }

    @Test
    @NegativeControl(B25)
    void copying_back_overwrites_what_the_user_wrote() throws Exception {
        naive.copied("-a").run("echo agent >a.txt");
        Files.writeString(naive.project().resolve("a.txt"), "the user's own\n");
        naive.syncBack();
        assertThat(naive.project().resolve("a.txt")).content().isEqualTo("agent\n");
    }

    @Test
    @NegativeControl(H1)
    void all_output_is_as_much_as_the_agent_likes() throws Exception {
        naive.copied("-a");
        assertThat(naive.run("head -c 20M /dev/zero | tr '\\0' x").length())
                .isGreaterThan(OutputThreats.ANSWER_CHARACTERS);
    }

    @Test
    @NegativeControl(H3)
    void decoded_output_has_what_may_not_be_sent() throws Exception {
        naive.copied("-a");
        assertThat(naive.run(OutputAttacks.NO_TEXT).chars().anyMatch(it -> it == 0)).isTrue();
    }

    @Test
    @NegativeControl(B11)
    void names_compared_letter_by_letter_let_gits_folder_through() throws Exception {
        naive.copied("-a").run(TreeAttacks.CASES);
        naive.syncBack();
        assertThat(naive.project().resolve(".Git/config")).hasContent("x");
    }

    @Test
    @NegativeControl(B18)
    void a_command_takes_of_the_disk_what_it_likes() throws Exception {
        naive.copied("-a")
                .run("mkdir big; for i in $(seq 1 30); do head -c 10M /dev/zero >big/$i; done");
        assertThat(Integer.parseInt(naive.run("du -sm big | cut -f1").strip())).isGreaterThan(200);
    }

    @Test
    @NegativeControl(H7)
    void everything_is_copied_however_deep() throws Exception {
        naive.copied("-a").run(OutputAttacks.MANY);
        naive.syncBack();
        assertThat(naive.run("find '%s' -name deep".formatted(naive.project())))
                .contains("/d".repeat(400));
    }

    @Test
    @NegativeControl(I8)
    void what_a_dead_shell_has_written_looks_like_an_answer() throws Exception {
        naive.copied("-a");
        assertThat(naive.run("echo half; kill -9 $$; echo rest")).isEqualTo("half\n");
    }

    @Test
    @NegativeControl(I9)
    void a_question_that_only_knows_no_takes_the_end_of_input_for_yes() throws Exception {
        naive.copied("-a").run("echo agent >a.txt");
        var ask = "read -r answer; [ \"$answer\" = n ] || cp a.txt '%s'";
        naive.run(ask.formatted(naive.project()));
        assertThat(naive.project().resolve("a.txt")).content().isEqualTo("agent\n");
    }
}
