package dev.safecoder.tool;

import static dev.safecoder.threat.ThreatCase.B8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.threat.Threat;
import dev.safecoder.tool.SandboxPath.Parsed;
import dev.safecoder.tool.SandboxPath.Place;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxPathTest {
    private static SandboxPath path(String text) {
        return switch (SandboxPath.parse(text)) {
            case Parsed.Valid(var path) -> path;
            case Parsed.Invalid(var reason) -> throw new AssertionError(reason);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt, WORKSPACE, a.txt",
        "src/a.txt, WORKSPACE, src/a.txt",
        "./src//a.txt, WORKSPACE, src/a.txt",
        "src/../a.txt, WORKSPACE, a.txt",
        "., WORKSPACE, .",
        "src/.., WORKSPACE, .",
        "/workspace, WORKSPACE, .",
        "/workspace/a, WORKSPACE, a",
        "/workspace/../workspace/a, WORKSPACE, a",
        "../workspace/a, WORKSPACE, a",
        "/workspaces/a, ELSEWHERE, /workspaces/a",
        "../../.bashrc, ELSEWHERE, /.bashrc",
        "a/../../x, ELSEWHERE, /x",
        "/etc/cron.d/x, ELSEWHERE, /etc/cron.d/x",
        "/workspace/../etc/passwd, ELSEWHERE, /etc/passwd",
        "/, ELSEWHERE, /",
        "../../../../.., ELSEWHERE, /",
        "%2e%2e/x, WORKSPACE, %2e%2e/x",
        "a~, WORKSPACE, a~",
        "-rf, WORKSPACE, -rf",
    })
    void dots_are_taken_away_and_the_tree_is_told(String text, Place place, String shown) {
        var path = path(text);
        assertThat(path.place()).isEqualTo(place);
        assertThat(path.shown()).isEqualTo(shown);
        assertThat(path.forGuest()).isEqualTo(shown.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", it is empty",
                "~/.bashrc, '~' has no meaning here; write the whole path",
                "~root, '~' has no meaning here; write the whole path",
                "..\\..\\x, it holds a backslash; folders are separated by '/'",
            })
    @Threat(B8)
    void what_is_no_path_here_is_refused_by_its_kind(String text, String reason) {
        assertThat(SandboxPath.parse(text))
                .isEqualTo(
                        new Parsed.Invalid(
                                "the path '%s' cannot be used: %s".formatted(text, reason)));
    }

    @Test
    @Threat(B8)
    void nul_and_length_are_refused() {
        assertThat(SandboxPath.parse("x\0.txt"))
                .isEqualTo(
                        new Parsed.Invalid(
                                "the path 'x\0.txt' cannot be used: it holds a NUL character"));
        assertThat(SandboxPath.parse("ä".repeat(128))).isInstanceOf(Parsed.Invalid.class);
        assertThat(SandboxPath.parse("ä".repeat(127))).isInstanceOf(Parsed.Valid.class);
        assertThat(SandboxPath.parse("abc/".repeat(1024))).isInstanceOf(Parsed.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({".git/config", "a/.git", "a/.GIT/hooks/x", "/workspace/.git"})
    @Threat(B8)
    void what_lies_under_git_stays_inside(String text) {
        assertThat(path(text).whyItStaysInside())
                .contains("It lies under .git: it will not be part of the changes.");
    }

    @Test
    void what_lies_elsewhere_stays_inside() {
        assertThat(path("../x").whyItStaysInside())
                .contains(
                        "It lies outside /workspace: it will not be part of the changes and is gone"
                                + " with the sandbox.");
        assertThat(path("x/.gitignore").whyItStaysInside()).isEqualTo(Optional.empty());
    }
}
