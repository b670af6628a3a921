package dev.safecoder.configuration;

import dev.safecoder.configuration.Settings.Budget;
import dev.safecoder.configuration.Settings.Containers;
import dev.safecoder.configuration.Settings.Llm;
import dev.safecoder.configuration.Settings.McpServer;
import dev.safecoder.configuration.Settings.MicroVms;
import dev.safecoder.configuration.Settings.Secret;
import dev.safecoder.workspace.Masks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The settings in force and where each comes from: file, then environment, then options. */
public final class Configuration {
    private static final String PREFIX = "SAFE_CODER_";

    /** Not settings: they say where settings and state lie. */
    private static final Set<String> PLACES = Set.of("SAFE_CODER_CONFIG", "SAFE_CODER_STATE");

    /** One value as people may see it, in the file's notation; secrets are hidden. */
    public record Shown(String key, String value, String origin) {}

    private final SettingsValues values = new SettingsValues();

    private Configuration() {}

    /**
     * Reads all sources.
     *
     * @throws ConfigurationException at the first key or value that is not known or not possible
     */
    public static Configuration load(
            ConfigurationPlaces places, Map<SettingsOption, String> options) {
        var configuration = new Configuration();
        new ConfigurationFile(places.configFile()).readInto(configuration.values);
        configuration.readEnvironment(places.environment());
        options.forEach(configuration::readOption);
        configuration.readProviderKey(places.environment());
        return configuration;
    }

    private void readEnvironment(Map<String, String> environment) {
        for (var name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !PLACES.contains(name)) {
                readVariable(name, environment.getOrDefault(name, ""));
            }
        }
    }

    private void readVariable(String name, String text) {
        for (var key : SettingsKey.ALL) {
            if (key.variable().equals(name)) {
                values.read(key, text, "environment " + name, "environment " + name);
                return;
            }
        }
        var option =
                Arrays.stream(SettingsOption.values())
                        .filter(it -> it.variable().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> ConfigurationException.unknownVariable(name, variables()));
        option.set(values, text, "environment", name);
    }

    private static List<String> variables() {
        var all = new ArrayList<String>();
        Arrays.stream(SettingsOption.values()).map(SettingsOption::variable).forEach(all::add);
        SettingsKey.ALL.stream().map(SettingsKey::variable).forEach(all::add);
        return all;
    }

    private void readOption(SettingsOption option, String text) {
        option.set(values, text, "option", option.option());
    }

    /** The provider's own variable, for that provider only. */
    private void readProviderKey(Map<String, String> environment) {
        var variable = values.get(SettingsKey.PROVIDER).keyVariable();
        var key = environment.getOrDefault(variable, "");
        if (!key.isBlank() && !environment.containsKey(SettingsKey.API_KEY.variable())) {
            values.put(SettingsKey.API_KEY, new Secret(key.strip()), "environment " + variable);
        }
    }

    /** All of it, typed. */
    public Settings settings() {
        return new Settings(
                llm(),
                values.get(SettingsKey.BACKEND),
                containers(),
                microVms(),
                new Settings.Workspaces(values.get(SettingsKey.WORKSPACE), masks()),
                values.get(SettingsKey.APPLY),
                budget(),
                mcpServers());
    }

    private List<McpServer> mcpServers() {
        return values.mcpServers().entrySet().stream()
                .flatMap(server -> McpKeys.server(server.getKey(), server.getValue()).stream())
                .toList();
    }

    /** Every key, set or not, in the order of the default file; then what MCP servers set. */
    public List<Shown> shown() {
        var shown = new ArrayList<Shown>();
        SettingsKey.ALL.forEach(key -> shown.add(show(key, key.fullName(), values)));
        values.mcpServers()
                .forEach(
                        (name, server) ->
                                McpKeys.ALL.stream()
                                        .filter(server::isSet)
                                        .map(key -> show(key, mcpName(name, key), server))
                                        .forEach(shown::add));
        return List.copyOf(shown);
    }

    private static String mcpName(String server, SettingsKey<?> key) {
        return "mcp.servers.%s.%s".formatted(server, key.name());
    }

    private static <T> Shown show(SettingsKey<T> key, String name, SettingsValues from) {
        var value = from.find(key).map(it -> key.isSecret() ? it.toString() : key.type().write(it));
        return new Shown(name, value.orElse(""), from.originOf(key));
    }

    private Llm llm() {
        return new Llm(
                values.get(SettingsKey.PROVIDER),
                values.find(SettingsKey.MODEL),
                values.find(SettingsKey.API_KEY),
                values.find(SettingsKey.BASE_URL),
                values.find(SettingsKey.CONTEXT),
                values.get(SettingsKey.HEADERS));
    }

    private Containers containers() {
        return new Containers(
                values.get(SettingsKey.IMAGE),
                values.get(SettingsKey.CPUS),
                values.get(SettingsKey.MEMORY),
                SettingsKey.pull(values.get(SettingsKey.AUTO_PULL)),
                values.get(SettingsKey.NETWORK));
    }

    private MicroVms microVms() {
        return new MicroVms(
                values.get(SettingsKey.FIRECRACKER),
                values.get(SettingsKey.KERNEL),
                values.get(SettingsKey.ROOT_FILE_SYSTEM),
                values.get(SettingsKey.VM_CPUS),
                values.get(SettingsKey.VM_MEMORY));
    }

    private Masks masks() {
        var all = new ArrayList<>(Masks.DEFAULT.patterns());
        all.addAll(values.get(SettingsKey.MASKS));
        return new Masks(all);
    }

    private Budget budget() {
        return new Budget(
                values.get(SettingsKey.PIDS),
                values.get(SettingsKey.DISK),
                values.get(SettingsKey.COMMAND_TIMEOUT),
                values.get(SettingsKey.TURNS),
                values.find(SettingsKey.COST),
                values.find(SettingsKey.SESSION_TIMEOUT),
                values.get(SettingsKey.KEEP));
    }
}
