package dev.safecoder.sandbox.container;

import static dev.safecoder.threat.ThreatCase.D20;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Threat(D20)
class RuntimeFloorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1.5+ds1 | runc 1.1.5 (below 1.3.6: CVE-2024-21626, CVE-2025-31133,"
                        + " CVE-2025-52565, CVE-2025-52881)",
                "1.2.0 | runc 1.2.0 (below 1.3.6: CVE-2025-31133, CVE-2025-52565, CVE-2025-52881)",
                "1.2.8 | runc 1.2.8 (below 1.3.6 or 1.4.3)",
                "1.3.2 | runc 1.3.2 (below 1.3.6: CVE-2025-31133, CVE-2025-52565, CVE-2025-52881)",
                "1.3.6 | runc 1.3.6",
                "1.4.0 | runc 1.4.0 (below 1.3.6 or 1.4.3)",
                "1.4.3 | runc 1.4.3",
                "2.0.0 | runc 2.0.0"
            })
    void a_runtime_below_the_floor_is_named_with_its_holes(String version, String evidence)
            throws IOException {
        assertThat(evidence("runc", version)).isEqualTo(evidence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Engine | 20.10.24+dfsg1 | Docker 20.10.24 (below 29.5.1: holes in `docker cp`,"
                        + " which is not used here)",
                "Engine | 29.5.1 | Docker 29.5.1",
                "Podman Engine | 4.3.1 | Podman 4.3.1",
                "OCI Runtime (crun) | crun version 1.8.1 | crun 1.8.1",
                "Something | 1.0 | its version is unknown"
            })
    void each_part_is_named(String name, String version, String evidence) throws IOException {
        assertThat(evidence(name, version)).isEqualTo(evidence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1.5+ds1-1+deb12u1 | Update this engine's runtime: runc 1.1.5 (below 1.3.6:"
                        + " CVE-2024-21626, CVE-2025-31133, CVE-2025-52565, CVE-2025-52881)",
                "v1.1.12-0-g51d5e94 | Update this engine's runtime: runc 1.1.12 (below 1.3.6:"
                        + " CVE-2025-31133, CVE-2025-52565, CVE-2025-52881)",
                "v1.3.4-0-g123abc |",
                "ff819c7e9184c13b7c2607fe6c30ae19403a7aff |",
                "'' |"
            })
    void a_start_warns_of_known_holes_alone(String commit, String warning) throws IOException {
        var info = "{\"RuncCommit\":{\"ID\":\"%s\"}}".formatted(commit);
        assertThat(RuntimeFloor.warning(json(info))).isEqualTo(Optional.ofNullable(warning));
    }

    @Test
    @NegativeControl(D20)
    void an_engines_own_version_says_nothing_of_its_runtime() throws IOException {
        var engine = "{\"Name\":\"Engine\",\"Version\":\"29.5.1\"}";
        var runtime = "{\"Name\":\"runc\",\"Version\":\"1.1.5\"}";
        assertThat(RuntimeFloor.evidence(json("{\"Components\":[%s]}".formatted(engine))))
                .isEqualTo("Docker 29.5.1");
        assertThat(
                        RuntimeFloor.evidence(
                                json("{\"Components\":[%s,%s]}".formatted(engine, runtime))))
                .contains("CVE-2024-21626");
    }

    @Test
    @NegativeControl(D20)
    void versions_compared_as_text_are_taken_for_older_ones() throws IOException {
        assertThat("1.10.0".compareTo("1.3.6")).isNegative();
        assertThat(evidence("runc", "1.10.0")).isEqualTo("runc 1.10.0");
    }

    private static String evidence(String name, String version) throws IOException {
        var json =
                "{\"Components\":[{\"Name\":\"%s\",\"Version\":\"%s\"}]}".formatted(name, version);
        return RuntimeFloor.evidence(json(json));
    }

    private static JsonNode json(String text) throws IOException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
