package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.G5;
import static dev.safecoder.threat.ThreatCase.H8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.history.RealGit;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at after every case is seen when it is there. */
class SceneChecksTest {
    @TempDir Path folder;

    @Test
    void a_canary_sees_content_mode_time_and_a_new_file() throws Exception {
        try (var canaries = Canaries.lay(folder)) {
            assertThat(canaries.touched()).isEmpty();
            var key = canaries.home().resolve(".ssh/id_canary");
            var time = Files.getLastModifiedTime(key);
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
            Files.setLastModifiedTime(canaries.home().resolve(".bashrc"), FileTime.fromMillis(0));
            Files.writeString(canaries.outside().resolve("private.txt"), "evil");
            Files.writeString(canaries.mark(), "");

            assertThat(canaries.touched())
                    .anyMatch(line -> line.startsWith(key.toString()))
                    .anyMatch(line -> line.contains(".bashrc"))
                    .anyMatch(line -> line.contains("private.txt"))
                    .anyMatch(line -> line.startsWith(canaries.mark().toString()));
            assertThat(Files.getLastModifiedTime(key)).isEqualTo(time);
        }
    }

    @Test
    void a_canary_sees_a_connection() throws Exception {
        try (var canaries = Canaries.lay(folder)) {
            int port = Integer.parseInt(canaries.told("@PORT@"));
            new Socket(InetAddress.getByName("127.0.0.1"), port).close();
            SocketChannel.open(UnixDomainSocketAddress.of(canaries.told("@SOCKET@"))).close();

            Eventually.holds(
                    "both are told", Duration.ofSeconds(10), () -> canaries.touched().size() == 2);
            assertThat(canaries.touched())
                    .containsExactlyInAnyOrder(
                            "a connection to 127.0.0.1", "a connection to the socket in a folder");
        }
    }

    @Test
    void a_secret_is_found_in_a_file_an_answer_and_a_git_object() throws Exception {
        var repository = folder.resolve("history.git");
        var git = new RealGit(folder);
        git.text("init", "-q", "--bare", repository.toString());
        var content = "a key: sk-1".getBytes(StandardCharsets.UTF_8);
        git.run(content, "--git-dir", repository.toString(), "hash-object", "-w", "--stdin");
        Files.writeString(folder.resolve("session.json"), "sk-2");

        assertThat(
                        SecretSearch.in(
                                folder, List.of("sk-3"), List.of("sk-1", "sk-2", "sk-3", "sk-4")))
                .containsExactlyInAnyOrder(
                        "sk-1 in a git object",
                        "sk-2 in " + folder.resolve("session.json"),
                        "sk-3 in an answer");
    }

    @Test
    @NegativeControl(G5)
    void a_file_that_others_may_read_is_found() throws Exception {
        var session = Files.createDirectories(folder.resolve("sessions/x"));
        Files.setPosixFilePermissions(session, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(session.resolve("conversation.jsonl"), "{}");

        assertThat(Leftovers.openToOthers(folder))
                .containsExactly(session.resolve("conversation.jsonl") + " has mode 100644");
    }

    @Test
    @NegativeControl(H8)
    void a_descriptor_that_is_left_open_is_found() throws Exception {
        var before = Footprint.now();
        try (var open = Files.newInputStream(Files.writeString(folder.resolve("open"), "x"))) {
            assertThat(before.grownBy()).hasSize(1);
            assertThat(open.read()).isEqualTo('x');
        }
        assertThat(before.grownBy()).isEmpty();
    }
}
