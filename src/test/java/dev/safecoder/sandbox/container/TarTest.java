package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read back by tar itself. */
class TarTest {
    @TempDir private Path folder;

    @Test
    void the_guest_belongs_to_nobody_and_the_workspace_to_its_owner() throws Exception {
        assertThat(listed(Tar.of(new byte[700], 1000, 1001)))
                .isEqualTo(
                        List.of(
                                "dr-xr-xr-x 65534/65534 0 .safe-coder/",
                                "-r-xr-xr-x 65534/65534 700 .safe-coder/guest",
                                "drwxr-xr-x 1000/1001 0 workspace/"));
    }

    @Test
    void podman_gets_each_folder_by_itself() throws Exception {
        assertThat(listed(Tar.guestFolder(new byte[512])))
                .isEqualTo(
                        List.of(
                                "dr-xr-xr-x 65534/65534 0 ./",
                                "-r-xr-xr-x 65534/65534 512 ./guest"));
        assertThat(listed(Tar.workspaceFolder(7, 8))).isEqualTo(List.of("drwxr-xr-x 7/8 0 ./"));
    }

    private List<String> listed(byte[] tar) throws Exception {
        var file = Files.write(folder.resolve("t.tar"), tar);
        var process =
                new ProcessBuilder("tar", "--numeric-owner", "-tvf", file.toString())
                        .redirectErrorStream(true)
                        .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
                .map(line -> line.replaceAll(" +", " "))
                .map(line -> line.replaceFirst(" \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d", ""))
                .toList();
    }
}
