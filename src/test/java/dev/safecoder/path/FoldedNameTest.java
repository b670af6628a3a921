package dev.safecoder.path;

import static dev.safecoder.threat.ThreatCase.B11;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.threat.Threat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedNameTest {
    private static String fold(String name) {
        return FoldedName.of(RelativePath.of(name));
    }

    @Test
    @Threat(B11)
    void names_that_some_file_system_takes_for_one_fold_alike() {
        for (var same :
                List.of(
                        "Makefile",
                        "MAKEFILE",
                        "makefile.",
                        "makefile ",
                        "make\u200dfile",
                        "\uff2dakefile",
                        "makefile::$DATA")) {
            assertThat(fold(same)).as(same).isEqualTo("makefile");
        }
        assertThat(fold("stra\u00dfe")).isEqualTo(fold("STRASSE"));
        assertThat(fold("e\u0301")).isEqualTo(fold("\u00c9"));
    }

    @Test
    void names_that_differ_stay_apart() {
        assertThat(fold("makefile1")).isNotEqualTo(fold("makefile"));
        assertThat(fold("...")).isEqualTo("...");
    }

    @Test
    void bytes_that_are_no_text_fold_to_something() {
        var path =
                ((RelativePath.Parsed.Valid)
                                RelativePath.parse(new byte[] {'B', (byte) 0xff, (byte) 0xfe}))
                        .path();

        assertThat(FoldedName.of(path)).isEqualTo("b\u00ff\u00fe");
    }

    @Test
    void every_way_to_write_gits_folder_is_seen() {
        for (var name :
                List.of(
                        ".git",
                        ".GIT",
                        ".Git.",
                        ".git ",
                        ".git . ",
                        "git~1",
                        "GIT~2",
                        ".g\u200cit",
                        "\ufeff.git",
                        ".git:x",
                        ".git::$INDEX_ALLOCATION",
                        "a\\.git\\hooks",
                        "\uff0egit")) {
            assertThat(FoldedName.isGit(RelativePath.of(name))).as(name).isTrue();
        }
        for (var name : List.of(".gitignore", ".github", "git", "x.git", "git~", ".gitx")) {
            assertThat(FoldedName.isGit(RelativePath.of(name))).as(name).isFalse();
        }
    }
}
