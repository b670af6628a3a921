package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.change.Change;
import dev.safecoder.change.Patch;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewTest {
    private static final SampleTree BASE =
            new SampleTree()
                    .file("text", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
                    .file("same", "same\n")
                    .file("gone", "gone\n");

    @TempDir Path folder;

    @Test
    void it_shows_what_would_come_to_the_users_own_version() throws IOException {
        var fixture = new ApplyFixture(folder, BASE);
        Files.writeString(fixture.project().resolve("text"), "mine\n2\n3\n4\n5\n6\n7\n8\n9\n");
        Files.writeString(fixture.project().resolve("same"), "already\n");
        var after =
                BASE.file("text", "1\n2\n3\n4\n5\n6\n7\n8\nsession\n")
                        .file("same", "already\n")
                        .without("gone")
                        .file("new", "new\n");

        var preview = fixture.applier().preview(fixture.request(after));

        assertThat(preview.changes().changes())
                .extracting(Change::path)
                .containsExactly(
                        RelativePath.of("gone"), RelativePath.of("new"), RelativePath.of("text"));
        assertThat(preview.merged()).isEqualTo(List.of(RelativePath.of("text")));
        var patch = new ByteArrayOutputStream();
        Patch.write(preview.changes(), patch);
        assertThat(patch.toString(StandardCharsets.UTF_8))
                .contains("-9\n+session\n")
                .doesNotContain("+mine", "-mine");
    }

    @Test
    void it_names_conflicts_and_refusals_and_writes_nothing() throws IOException {
        var fixture = new ApplyFixture(folder, BASE);
        Files.writeString(fixture.project().resolve("gone"), "edited\n");
        var before = fixture.host();

        var preview =
                fixture.applier()
                        .preview(fixture.request(BASE.without("gone").link("link", "text")));

        assertThat(preview.conflicts())
                .isEqualTo(
                        ApplyFixture.conflict("gone", "it was changed on the host, too")
                                .conflicts());
        assertThat(preview.refused())
                .isEqualTo(ApplyFixture.refused("link", "it is a symlink to 'text'").refused());
        assertThat(fixture.host()).isEqualTo(before);
        assertThat(Files.exists(folder.resolve("state"))).isFalse();
    }
}
