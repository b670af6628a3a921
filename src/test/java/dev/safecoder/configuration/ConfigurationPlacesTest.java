package dev.safecoder.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationPlacesTest {
    private static final Path HOME = Path.of("/home/ada");
    private static final Path PROJECT = Path.of("/srv/project");

    @Test
    void without_variables_both_lie_in_the_home() {
        var places = places(Map.of());

        assertThat(places.configFile()).isEqualTo(HOME.resolve(".config/safe-coder/config.toml"));
        assertThat(places.stateFolder()).isEqualTo(HOME.resolve(".local/state/safe-coder"));
    }

    @Test
    void xdg_folders_are_honoured_when_absolute() {
        var places = places(Map.of("XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "relative"));

        assertThat(places.configFile()).isEqualTo(Path.of("/c/safe-coder/config.toml"));
        assertThat(places.stateFolder()).isEqualTo(HOME.resolve(".local/state/safe-coder"));
    }

    @Test
    void our_own_variables_win() {
        var places =
                places(
                        Map.of(
                                "SAFE_CODER_CONFIG", "mine.toml",
                                "SAFE_CODER_STATE", "/s",
                                "XDG_STATE_HOME", "/x"));

        assertThat(places.configFile()).isEqualTo(PROJECT.resolve("mine.toml"));
        assertThat(places.stateFolder()).isEqualTo(Path.of("/s"));
    }

    private static ConfigurationPlaces places(Map<String, String> environment) {
        return new ConfigurationPlaces(environment, HOME, PROJECT);
    }
}
