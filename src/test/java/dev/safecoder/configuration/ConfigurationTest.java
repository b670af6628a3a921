package dev.safecoder.configuration;

import static dev.safecoder.configuration.ByteSize.ofMebibytes;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.safecoder.configuration.Settings.ApplyMode;
import dev.safecoder.configuration.Settings.Budget;
import dev.safecoder.configuration.Settings.Containers;
import dev.safecoder.configuration.Settings.Llm;
import dev.safecoder.configuration.Settings.MicroVms;
import dev.safecoder.configuration.Settings.Provider;
import dev.safecoder.configuration.Settings.Pull;
import dev.safecoder.configuration.Settings.Secret;
import dev.safecoder.configuration.Settings.Workspaces;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.workspace.Masks;
import dev.safecoder.workspace.WorkspaceMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final ByteSize DISK = ofMebibytes(10_240);
    private static final Settings DEFAULTS =
            new Settings(
                    llm(Provider.ANTHROPIC, Optional.empty()),
                    Optional.empty(),
                    new Containers(
                            "ubuntu:22.04", 2.0, ofMebibytes(512), Pull.WHEN_MISSING, Network.NONE),
                    new MicroVms(
                            Path.of("/usr/local/bin/firecracker"),
                            Path.of("/var/lib/safe-coder/vmlinux"),
                            Path.of("/var/lib/safe-coder/rootfs.ext4"),
                            2,
                            ofMebibytes(512)),
                    new Workspaces(Optional.empty(), Masks.DEFAULT),
                    ApplyMode.ASK,
                    new Budget(512, DISK, ofSeconds(120), 200, empty(), empty(), ofDays(90)),
                    List.of());

    private static Llm llm(Provider provider, Optional<String> model) {
        return new Llm(provider, model, empty(), empty(), empty(), List.of());
    }

    @TempDir private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<SettingsOption, String> options = new HashMap<>();

    @Test
    void without_any_source_the_defaults_hold() {
        assertThat(load().settings()).isEqualTo(DEFAULTS);
    }

    @Test
    void the_default_file_changes_nothing() {
        new ConfigurationFile(places().configFile()).create();

        assertThat(load().settings()).isEqualTo(DEFAULTS);
        assertThat(load().shown()).extracting(Configuration.Shown::origin).containsOnly("default");
    }

    @Test
    void every_key_of_the_default_file_can_be_uncommented() throws IOException {
        var text =
                DefaultConfiguration.text()
                        .lines()
                        .map(line -> line.replaceFirst("^# (?=[a-z_]+ = )", ""))
                        .toList();
        write(String.join("\n", text));

        assertThat(load().settings()).isEqualTo(DEFAULTS);
        assertThat(load().shown())
                .filteredOn(shown -> shown.origin().equals("default"))
                .extracting(Configuration.Shown::key)
                .containsExactly(
                        "llm.model",
                        "llm.api_key",
                        "llm.base_url",
                        "llm.context_tokens",
                        "limits.cost_usd",
                        "limits.session_timeout_s");
    }

    @Test
    void the_file_sets_every_key() throws IOException {
        writePrivate(
                """
                [llm]
                provider = "openai-compatible"
                model = "qwen"
                api_key = "sk-1"
                base_url = "http://localhost:11434/v1"
                context_tokens = 32000
                [isolation]
                backend = "podman"
                [docker]
                image = "alpine"
                cpus = 1
                memory_mb = 1024
                auto_pull = false
                network = "bridge"
                [vm]
                firecracker_bin = "/a"
                kernel_image = "/b"
                rootfs_image = "/c"
                vcpu_count = 4
                mem_size_mib = 256
                [workspace]
                mode = "copy"
                masks = ["*.secret", "!.env.test"]
                [apply]
                mode = "clean"
                [limits]
                pids = 64
                disk_mb = 100
                command_timeout_s = 5
                turns = 7
                cost_usd = 0.5
                session_timeout_s = 60
                keep_days = 7
                """);
        var masks = new ArrayList<>(Masks.DEFAULT.patterns());
        Collections.addAll(masks, "*.secret", "!.env.test");

        assertThat(load().settings())
                .isEqualTo(
                        new Settings(
                                new Llm(
                                        Provider.OPENAI_COMPATIBLE,
                                        Optional.of("qwen"),
                                        Optional.of(new Secret("sk-1")),
                                        Optional.of(URI.create("http://localhost:11434/v1")),
                                        Optional.of(32_000),
                                        List.of()),
                                Optional.of(BackendName.PODMAN),
                                new Containers(
                                        "alpine",
                                        1.0,
                                        ofMebibytes(1024),
                                        Pull.NEVER,
                                        Network.BRIDGE),
                                new MicroVms(
                                        Path.of("/a"),
                                        Path.of("/b"),
                                        Path.of("/c"),
                                        4,
                                        ofMebibytes(256)),
                                new Workspaces(Optional.of(WorkspaceMode.COPY), new Masks(masks)),
                                ApplyMode.CLEAN,
                                new Budget(
                                        64,
                                        ofMebibytes(100),
                                        ofSeconds(5),
                                        7,
                                        Optional.of(0.5),
                                        Optional.of(Duration.ofMinutes(1)),
                                        ofDays(7)),
                                List.of()));
    }

    @Test
    void options_win_over_the_environment_and_that_over_the_file() throws IOException {
        write("[docker]\nimage = \"of-the-file\"\ncpus = 1.0\nmemory_mb = 64\n");
        environment.put("SAFE_CODER_DOCKER_IMAGE", "of-the-environment");
        environment.put("SAFE_CODER_CPUS", "3");
        options.put(SettingsOption.IMAGE, "of-the-option");

        assertThat(load().settings().containers())
                .isEqualTo(
                        new Containers(
                                "of-the-option",
                                3.0,
                                ofMebibytes(64),
                                Pull.WHEN_MISSING,
                                Network.NONE));
        assertThat(load().shown())
                .contains(
                        shown("docker.image", "\"of-the-option\"", "option --image"),
                        shown("docker.cpus", "3.0", "environment SAFE_CODER_CPUS"),
                        shown("docker.memory_mb", "64", file() + ", line 5"),
                        shown("docker.auto_pull", "true", "default"));
    }

    @Test
    void each_option_sets_what_it_names() {
        options.put(SettingsOption.BACKEND, "bubblewrap");
        options.put(SettingsOption.CPUS, "1.5");
        options.put(SettingsOption.MEMORY, "2g");
        options.put(SettingsOption.PIDS, "100");
        options.put(SettingsOption.DISK, "1g");
        options.put(SettingsOption.TIMEOUT, "30m");
        options.put(SettingsOption.WORKSPACE, "overlay");
        options.put(SettingsOption.APPLY, "never");
        var settings = load().settings();

        assertThat(settings.backend()).contains(BackendName.BUBBLEWRAP);
        assertThat(settings.limitsOf(BackendName.DOCKER))
                .isEqualTo(new Limits(1.5, 2L << 30, 100, 1L << 30));
        assertThat(settings.limitsOf(BackendName.FIRECRACKER))
                .isEqualTo(new Limits(2, 2L << 30, 100, 1L << 30));
        assertThat(settings.budget().sessionTimeout()).contains(Duration.ofMinutes(30));
        assertThat(settings.workspace().mode()).contains(WorkspaceMode.OVERLAY);
        assertThat(settings.apply()).isEqualTo(ApplyMode.NEVER);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic/claude-x, ANTHROPIC, claude-x",
        "openai-compatible/org/model, OPENAI_COMPATIBLE, org/model",
        "ollama/qwen3:8b, OLLAMA, qwen3:8b",
        "script:/tmp/a b.json, SCRIPT, /tmp/a b.json",
        "qwen3:8b, ANTHROPIC, qwen3:8b",
    })
    void a_model_may_name_its_provider(String text, Provider provider, String model) {
        options.put(SettingsOption.MODEL, text);

        assertThat(load().settings().llm()).isEqualTo(llm(provider, Optional.of(model)));
    }

    @Test
    void a_key_goes_to_its_own_provider_only() {
        environment.put("OPENAI_API_KEY", "sk-openai");
        assertThat(load().settings().llm().apiKey()).isEmpty();

        environment.put("ANTHROPIC_API_KEY", "sk-anthropic");
        assertThat(load().settings().llm().apiKey()).contains(new Secret("sk-anthropic"));

        options.put(SettingsOption.MODEL, "openai-compatible/x");
        assertThat(load().settings().llm().apiKey()).isEmpty();
    }

    @Test
    void a_secret_is_never_shown() {
        environment.put("SAFE_CODER_LLM_API_KEY", "sk-canary");
        environment.put("SAFE_CODER_LLM_HEADERS", "X-Token: canary");
        var configuration = load();

        assertThat(configuration.shown().toString()).doesNotContain("canary").contains("(hidden)");
        assertThat(configuration.settings().toString()).doesNotContain("canary");
        environment.put("SAFE_CODER_LLM_API_KEY", "sk canary");
        assertThatThrownBy(this::load).message().doesNotContain("canary");
    }

    @Test
    void a_file_with_a_secret_must_be_private() throws IOException {
        write("[llm]\napi_key = \"sk-canary\"\n");

        assertThat(refused())
                .isEqualTo(
                        "%s holds 'llm.api_key' and other users can read it | run `chmod 600 '%s'`"
                                .formatted(file(), file()));
    }

    @Test
    void an_unknown_key_is_named_with_its_line_and_the_nearest() throws IOException {
        write("[docker]\n# a comment\nmemroy_mb = 3\n");

        assertThat(refused())
                .isEqualTo(
                        "%s, line 4: there is no key 'docker.memroy_mb' | write 'docker.memory_mb';"
                                        .formatted(file())
                                + " known are docker.image, docker.cpus, docker.memory_mb,"
                                + " docker.auto_pull, docker.network");
    }

    @Test
    void an_unknown_section_is_named() throws IOException {
        write("[dokcer]\n");
        assertThat(refused())
                .isEqualTo(
                        "%s, line 2: there is no key 'dokcer' | write 'docker'; known are llm,"
                                        .formatted(file())
                                + " isolation, docker, vm, workspace, apply, limits, mcp");

        write("docker = 3\n");
        assertThat(refused())
                .isEqualTo(
                        "%s, line 2: 'docker' cannot be a value | set it to [docker]"
                                .formatted(file()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker.cpus = \"two\" | \"two\" | a number from 0.01 to 1024",
                "docker.cpus = -1 | -1 | a number from 0.01 to 1024",
                "docker.memory_mb = 1.5 | 1.5 | a whole number of MiB from 16 to 1048576",
                "docker.memory_mb = 4 | 4 | a whole number of MiB from 16 to 1048576",
                "docker.auto_pull = \"yes\" | \"yes\" | true or false",
                "docker.network = \"host\" | \"host\" | one of none, bridge",
                "docker.image = \"\" | \"\" | the name of an image",
                "isolation.backend = \"chroot\" | \"chroot\" | one of auto, firecracker, qemu,"
                        + " docker, podman, bubblewrap",
                "llm.provider = [\"a\"] | that list | one of anthropic, openai, openai-compatible,"
                        + " ollama, script",
                "llm.base_url = \"file:///etc\" | \"file:///etc\" | an http or https URL, such as"
                        + " \"http://localhost:11434\"",
                "llm.model.name = 1 | a table | the name of a model",
                "vm.kernel_image = \"vmlinux\" | \"vmlinux\" | an absolute path",
                "limits.command_timeout_s = 0 | 0 | a whole number of seconds from 1 to 86400",
            })
    void an_impossible_value_is_named_with_what_is_allowed(
            String line, String value, String allowed) throws IOException {
        write(line + "\n");
        var key = line.substring(0, line.indexOf(" =")).replace(".name", "");

        assertThat(refused())
                .isEqualTo(
                        "%s, line 2: '%s' cannot be %s | set it to %s"
                                .formatted(file(), key, value, allowed));
    }

    @Test
    void what_is_not_toml_is_named_with_its_line() throws IOException {
        write("[docker]\ncpus = = 3\n");

        assertThat(refused()).startsWith(file() + ", line 3: this is not TOML: ");
    }

    @Test
    void an_impossible_option_is_named() {
        options.put(SettingsOption.MEMORY, "512");
        assertThat(refused())
                .isEqualTo(
                        "option: '--memory' cannot be '512' | set it to a size such as 512m or 2g,"
                                + " at least 16m");
    }

    @Test
    void an_unknown_variable_is_named_with_the_nearest() {
        environment.put("SAFE_CODER_BACKND", "docker");
        assertThat(refused())
                .startsWith(
                        "environment: there is no setting behind 'SAFE_CODER_BACKND' | write"
                                + " 'SAFE_CODER_BACKEND'; known are SAFE_CODER_BACKEND,")
                .endsWith("; or unset it");
    }

    @Test
    void an_impossible_variable_is_named() {
        environment.put("SAFE_CODER_LIMITS_PIDS", "many");
        assertThat(refused())
                .isEqualTo(
                        "environment SAFE_CODER_LIMITS_PIDS: 'limits.pids' cannot be 'many' | set"
                                + " it to a whole number from 16 to 1048576");
    }

    private Configuration load() {
        return Configuration.load(places(), options);
    }

    private ConfigurationPlaces places() {
        return new ConfigurationPlaces(environment, folder, folder);
    }

    private Path file() {
        return folder.resolve(".config/safe-coder/config.toml");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "# first line\n" + text);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private void writePrivate(String text) throws IOException {
        write(text);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    private String refused() {
        var refusal = catchThrowableOfType(ConfigurationException.class, this::load);
        return refusal.problem() + " | " + refusal.remedy();
    }

    private static Configuration.Shown shown(String key, String value, String origin) {
        return new Configuration.Shown(key, value, origin);
    }
}
