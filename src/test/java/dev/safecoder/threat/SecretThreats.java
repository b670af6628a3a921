package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.B20;
import static dev.safecoder.threat.ThreatCase.B21;
import static dev.safecoder.threat.ThreatCase.B22;
import static dev.safecoder.threat.ThreatCase.B23;
import static dev.safecoder.threat.ThreatCase.G1;
import static dev.safecoder.threat.ThreatCase.G10;
import static dev.safecoder.threat.ThreatCase.G2;
import static dev.safecoder.threat.ThreatCase.G3;
import static dev.safecoder.threat.ThreatCase.G4;
import static dev.safecoder.threat.ThreatCase.G5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.Delivery;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.DeliveryResult.Status;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Class G: a model that does whatever it is told by whatever it reads. */
interface SecretThreats {
    Scene scene();

    /** The scene looks for the secrets in every answer, file and git object afterwards. */
    @Test
    @Threat({G2, G5})
    default void the_keys_of_the_host_are_in_no_environment() throws Exception {
        var ended = scene().attack(SecretAttacks.ENVIRONMENTS);

        assertThat(ended.answer()).contains("SAFE_CODER=1").doesNotContain(Canaries.VARIABLE);
    }

    @Test
    @Threat(G3)
    default void the_project_sets_neither_endpoint_nor_wall_nor_environment() throws Exception {
        for (var name :
                List.of(".env", "config.toml", "safe-coder.toml", ".safe-coder/config.toml")) {
            var file = scene().project().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, SecretAttacks.PROJECT_SETTINGS);
        }

        var settings = scene().settings();
        assertThat(settings.llm().baseUrl()).isEmpty();
        assertThat(settings.containers().image()).isEqualTo("safe-coder-test:latest");
        var ended = scene().attack("env");
        assertThat(ended.answer())
                .doesNotContain("evil")
                .doesNotContain("LD_PRELOAD")
                .doesNotContain("JAVA_TOOL_OPTIONS");
    }

    /** The scene looks for them afterwards, too. */
    @Test
    @Threat(G4)
    default void secrets_of_the_project_are_hidden_and_cannot_be_replaced() throws Exception {
        var ended = scene().attack(SecretAttacks.PROJECT_SECRETS);

        assertThat(ended.answer()).contains("https://localhost/x.git");
        assertThat(ended.changes()).isEmpty();
        assertThat(ended.refused())
                .containsExactly(
                        ".env: the project has a file here that the sandbox may not see",
                        "id_rsa: the project has a file here that the sandbox may not see");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.NOTHING);
    }

    @Test
    @Threat({G1, B21})
    default void orders_in_a_file_lead_nowhere_though_the_model_follows_them() throws Exception {
        var ended = scene().attack(SecretAttacks.FOLLOWED_ORDERS);

        assertThat(ended.changes())
                .containsExactly("added .vscode/tasks.json [runs-on-host]", "modified a.txt");
        var result = accepted(ended);
        assertThat(result.status()).isEqualTo(Status.APPLIED);
        assertThat(scene().project().resolve(".vscode")).doesNotExist();
    }

    @Test
    @Threat({B20, B21, B22, B23, G10})
    default void what_runs_by_itself_needs_a_word_of_its_own() throws Exception {
        var ended = scene().attack(SecretAttacks.SELF_RUNNING_FILES);

        assertThat(ended.changes())
                .hasSize(SecretAttacks.SELF_RUNNING_FILE_COUNT)
                .allMatch(line -> line.contains("runs-on-host"));
        assertThat(accepted(ended).status()).isEqualTo(Status.REFUSED);
    }

    /** What the user gets who confirms nothing in particular. */
    private static DeliveryResult accepted(Ended ended) throws Exception {
        return ended.accept(Delivery.Selection.UNFLAGGED);
    }
}
