package dev.safecoder.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    @TempDir private Path folder;

    @Test
    void setting_a_key_keeps_comments_and_layout() throws IOException {
        Files.writeString(
                file(),
                """
                # mine

                [docker]
                  image   =  "alpine"   # small
                cpus=1.0

                # the end
                """);

        configuration().set("docker.cpus", "2.5");

        assertThat(Files.readString(file()))
                .isEqualTo(
                        """
                        # mine

                        [docker]
                          image   =  "alpine"   # small
                        cpus=2.5

                        # the end
                        """);
    }

    @Test
    void setting_a_key_makes_the_file_and_its_section() throws IOException {
        configuration().set("limits.pids", "64");
        configuration().set("workspace.masks", "*.a, !b");
        configuration().set("llm.model", "x \"y\"");

        assertThat(Files.readString(file())).contains("[limits]\npids = 64\n");
        var settings = load().settings();
        assertThat(settings.workspace().masks().patterns()).endsWith("*.a", "!b");
        assertThat(settings.llm().model()).contains("x \"y\"");
    }

    @Test
    void a_header_from_a_variable_is_no_secret_of_the_file_and_one_with_a_value_is()
            throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "[llm]\nheaders = [\"X-Token: $TOKEN\"]\n");
        assertThat(load().settings().llm().headers().toString()).isEqualTo("[X-Token: (hidden)]");

        Files.writeString(file(), "[llm]\nheaders = [\"X-Token: canary\"]\n");
        assertThatThrownBy(this::load)
                .hasMessageContaining("holds 'llm.headers' and other users can read it")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void every_key_of_the_default_file_can_be_set_to_its_default() {
        configuration().create();
        for (var key : SettingsKey.ALL) {
            setToDefault(key);
        }
        assertThat(load().shown()).filteredOn(shown -> shown.origin().equals("default")).hasSize(6);
    }

    private <T> void setToDefault(SettingsKey<T> key) {
        key.fallback()
                .map(value -> key.type().toToml().apply(value))
                .map(value -> value.equals(List.of()) ? "" : value.toString())
                .ifPresent(text -> configuration().set(key.fullName(), text));
    }

    @Test
    void a_written_file_is_private_and_nothing_else_stays() throws IOException {
        configuration().set("llm.api_key", "sk-1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void a_linked_file_stays_linked() throws IOException {
        var real = folder.resolve("dotfiles.toml");
        Files.writeString(real, "[limits]\npids = 64\n");
        Files.createSymbolicLink(file(), real);

        configuration().set("limits.pids", "65");

        assertThat(file()).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo("[limits]\npids = 65\n");
    }

    @Test
    void what_cannot_be_set_leaves_the_file_alone() throws IOException {
        Files.writeString(file(), "[limits]\npids = 64\n");

        assertThatThrownBy(() -> configuration().set("limits.pids", "1"))
                .hasMessage("configuration: 'limits.pids' cannot be '1'");
        assertThatThrownBy(() -> configuration().set("limits.pidz", "64"))
                .hasMessage("configuration: there is no key 'limits.pidz'");
        assertThat(Files.readString(file())).isEqualTo("[limits]\npids = 64\n");
    }

    @Test
    void an_existing_file_is_not_created_again() {
        configuration().create();

        assertThatThrownBy(() -> configuration().create())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file() + " exists already");
    }

    private Configuration load() {
        var environment = Map.of("SAFE_CODER_CONFIG", file().toString());
        return Configuration.load(new ConfigurationPlaces(environment, folder, folder), Map.of());
    }

    private ConfigurationFile configuration() {
        return new ConfigurationFile(file());
    }

    private Path file() {
        return folder.resolve("config.toml");
    }
}
