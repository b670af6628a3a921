package dev.safecoder.configuration;

import dev.safecoder.configuration.Settings.ApplyMode;
import dev.safecoder.configuration.Settings.Header;
import dev.safecoder.configuration.Settings.Provider;
import dev.safecoder.configuration.Settings.Pull;
import dev.safecoder.configuration.Settings.Secret;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.workspace.WorkspaceMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One key of the configuration: {@code [section] name} in the file, {@code SAFE_CODER_SECTION_NAME}
 * in the environment.
 *
 * @param fallback empty when nothing is set without the user
 * @param meaning one line for the default file
 */
record SettingsKey<T>(
        String section, String name, SettingsType<T> type, Optional<T> fallback, String meaning) {
    private static final int GIB_IN_MIB = 1024;

    static final SettingsKey<Provider> PROVIDER =
            set("llm", "provider", choice(Provider.values()), Provider.ANTHROPIC, "who answers");
    static final SettingsKey<String> MODEL =
            unset("llm", "model", SettingsType.text("the name of a model"), "empty: suggested one");
    static final SettingsKey<Secret> API_KEY =
            unset(
                    "llm",
                    "api_key",
                    SettingsType.strings(
                            "the key as the provider gave it", SettingsKey::secret, Secret::reveal),
                    "better from ANTHROPIC_API_KEY and its like; here the file must be 0600");
    static final SettingsKey<URI> BASE_URL =
            unset("llm", "base_url", SettingsType.url(), "for compatible servers and Ollama");

    static final SettingsKey<Integer> CONTEXT =
            unset(
                    "llm",
                    "context_tokens",
                    SettingsType.wholeNumber(1_000, 100_000_000),
                    "what the model can read and write, where it is not known");

    static final SettingsKey<List<Header>> HEADERS =
            set(
                    "llm",
                    "headers",
                    SettingsType.each(
                            SettingsType.texts(
                                    "a list such as [\"X-Team: blue\", \"X-Token: $TOKEN\"]"),
                            Header::parse,
                            Header::written),
                    List.of(),
                    "of every request; $NAME is from the environment, with others the file must be"
                            + " 0600");

    static final SettingsKey<Optional<BackendName>> BACKEND =
            set(
                    "isolation",
                    "backend",
                    orAuto(BackendName.values()),
                    Optional.empty(),
                    "auto takes the strongest wall that works here");

    static final SettingsKey<String> IMAGE =
            set(
                    "docker",
                    "image",
                    SettingsType.text("the name of an image"),
                    "ubuntu:22.04",
                    "any image with a shell");
    static final SettingsKey<Double> CPUS =
            set("docker", "cpus", SettingsType.decimal(0.01, 1024), 2.0, "fractions are allowed");
    static final SettingsKey<ByteSize> MEMORY =
            set("docker", "memory_mb", memory(), ByteSize.ofMebibytes(512), "with swap");
    static final SettingsKey<Boolean> AUTO_PULL =
            set("docker", "auto_pull", SettingsType.onOff(), true, "fetch a missing image");
    static final SettingsKey<Network> NETWORK =
            set(
                    "docker",
                    "network",
                    choice(Network.values()),
                    Network.NONE,
                    "bridge opens the wall to the whole network");

    static final SettingsKey<Path> FIRECRACKER =
            set(
                    "vm",
                    "firecracker_bin",
                    SettingsType.path(),
                    Path.of("/usr/local/bin/firecracker"),
                    "the program");
    static final SettingsKey<Path> KERNEL =
            set(
                    "vm",
                    "kernel_image",
                    SettingsType.path(),
                    Path.of("/var/lib/safe-coder/vmlinux"),
                    "an uncompressed Linux kernel");
    static final SettingsKey<Path> ROOT_FILE_SYSTEM =
            set(
                    "vm",
                    "rootfs_image",
                    SettingsType.path(),
                    Path.of("/var/lib/safe-coder/rootfs.ext4"),
                    "the system inside");
    static final SettingsKey<Integer> VM_CPUS =
            set("vm", "vcpu_count", SettingsType.wholeNumber(1, 32), 2, "virtual CPUs");
    static final SettingsKey<ByteSize> VM_MEMORY =
            set("vm", "mem_size_mib", memory(), ByteSize.ofMebibytes(512), "of the machine");

    static final SettingsKey<Optional<WorkspaceMode>> WORKSPACE =
            set(
                    "workspace",
                    "mode",
                    orAuto(WorkspaceMode.values()),
                    Optional.empty(),
                    "how the project comes inside; auto takes the first that works");
    static final SettingsKey<List<String>> MASKS =
            set(
                    "workspace",
                    "masks",
                    SettingsType.texts("a list of names such as [\"*.secret\", \"!.env.test\"]"),
                    List.of(),
                    "more names to hide, after the built-in ones; ! shows one again");

    static final SettingsKey<ApplyMode> APPLY =
            set(
                    "apply",
                    "mode",
                    choice(ApplyMode.values()),
                    ApplyMode.ASK,
                    "at a session's end; ask means never where there is no terminal");

    static final SettingsKey<Integer> PIDS =
            set("limits", "pids", SettingsType.wholeNumber(16, 1 << 20), 512, "processes inside");
    static final SettingsKey<ByteSize> DISK =
            set(
                    "limits",
                    "disk_mb",
                    SettingsType.mebibytes(16, GIB_IN_MIB * GIB_IN_MIB),
                    ByteSize.ofMebibytes(10 * GIB_IN_MIB),
                    "what commands may take of the disk while they run");
    static final SettingsKey<Duration> COMMAND_TIMEOUT =
            set(
                    "limits",
                    "command_timeout_s",
                    SettingsType.seconds(86_400),
                    Duration.ofSeconds(120),
                    "of one command, unless the model asks for another");
    static final SettingsKey<Integer> TURNS =
            set("limits", "turns", SettingsType.wholeNumber(1, 100_000), 200, "for one prompt");
    static final SettingsKey<Double> COST =
            unset(
                    "limits",
                    "cost_usd",
                    SettingsType.decimal(0.0001, 1_000_000),
                    "what models may cost, in US dollars; without it there is no limit");
    static final SettingsKey<Duration> SESSION_TIMEOUT =
            unset(
                    "limits",
                    "session_timeout_s",
                    SettingsType.seconds(30 * 86_400),
                    "of a whole session; without it there is none");
    static final SettingsKey<Duration> KEEP =
            set(
                    "limits",
                    "keep_days",
                    SettingsType.days(36_500),
                    Duration.ofDays(90),
                    "until a session that nobody went back to moves to the trash");

    /** In the order of the default file. */
    static final List<SettingsKey<?>> ALL =
            List.of(
                    PROVIDER,
                    MODEL,
                    API_KEY,
                    BASE_URL,
                    CONTEXT,
                    HEADERS,
                    BACKEND,
                    IMAGE,
                    CPUS,
                    MEMORY,
                    AUTO_PULL,
                    NETWORK,
                    FIRECRACKER,
                    KERNEL,
                    ROOT_FILE_SYSTEM,
                    VM_CPUS,
                    VM_MEMORY,
                    WORKSPACE,
                    MASKS,
                    APPLY,
                    PIDS,
                    DISK,
                    COMMAND_TIMEOUT,
                    TURNS,
                    COST,
                    SESSION_TIMEOUT,
                    KEEP);

    static Optional<SettingsKey<?>> find(String fullName) {
        return ALL.stream()
                .filter(key -> key.fullName().equals(fullName))
                .findFirst()
                .map(it -> it);
    }

    static List<String> names() {
        return ALL.stream().map(SettingsKey::fullName).toList();
    }

    String fullName() {
        return section + "." + name;
    }

    String variable() {
        return "SAFE_CODER_" + (section + "_" + name).toUpperCase(Locale.ROOT);
    }

    boolean isSecret() {
        return equals(API_KEY) || equals(HEADERS) || equals(McpKeys.ENVIRONMENT);
    }

    static <T> SettingsKey<T> set(
            String section, String name, SettingsType<T> type, T fallback, String meaning) {
        return new SettingsKey<>(section, name, type, Optional.of(fallback), meaning);
    }

    static <T> SettingsKey<T> unset(
            String section, String name, SettingsType<T> type, String meaning) {
        return new SettingsKey<>(section, name, type, Optional.empty(), meaning);
    }

    private static SettingsType<ByteSize> memory() {
        return SettingsType.mebibytes(16, GIB_IN_MIB * GIB_IN_MIB);
    }

    private static Optional<Secret> secret(String text) {
        return Optional.of(new Secret(text)).filter(it -> text.matches("\\S+"));
    }

    static <T extends Enum<T>> SettingsType<T> choice(T[] values) {
        return SettingsType.choice(written(values, value -> value));
    }

    private static <T extends Enum<T>> SettingsType<Optional<T>> orAuto(T[] values) {
        var all = new LinkedHashMap<String, Optional<T>>();
        all.put("auto", Optional.empty());
        all.putAll(written(values, Optional::of));
        return SettingsType.choice(all);
    }

    private static <T extends Enum<T>, V> Map<String, V> written(T[] values, Function<T, V> as) {
        return Arrays.stream(values)
                .collect(
                        Collectors.toMap(
                                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                as,
                                (one, _) -> one,
                                LinkedHashMap::new));
    }

    static Pull pull(boolean automatic) {
        return automatic ? Pull.WHEN_MISSING : Pull.NEVER;
    }
}
