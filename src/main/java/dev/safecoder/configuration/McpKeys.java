package dev.safecoder.configuration;

import dev.safecoder.configuration.Settings.McpServer;
import dev.safecoder.configuration.Settings.RunOn;
import dev.safecoder.configuration.Settings.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tomlj.TomlTable;

/** The keys of one {@code [mcp.servers.NAME]}; they are set in the user's file and nowhere else. */
final class McpKeys {
    /** With any name in place of {@code NAME}. */
    static final String SECTION = "mcp.servers.NAME";

    static final String NAMES = "a name of 1 to 24 letters, digits, - and _";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,23}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static final SettingsKey<String> COMMAND =
            SettingsKey.unset(
                    SECTION,
                    "command",
                    SettingsType.text("the name or path of a program"),
                    "must be set");
    static final SettingsKey<List<String>> ARGUMENTS =
            SettingsKey.set(
                    SECTION,
                    "args",
                    SettingsType.texts("a list such as [\"-m\", \"my_server\"]"),
                    List.of(),
                    "what follows the program");
    static final SettingsKey<Map<String, Secret>> ENVIRONMENT =
            SettingsKey.set(
                    SECTION,
                    "env",
                    environment(),
                    Map.of(),
                    "besides the plain environment; the file must then be 0600");
    static final SettingsKey<RunOn> RUN_ON =
            SettingsKey.set(
                    SECTION,
                    "run_on",
                    SettingsKey.choice(RunOn.values()),
                    RunOn.SANDBOX,
                    "host runs it outside of the wall with your rights");
    static final SettingsKey<Duration> START_TIMEOUT =
            SettingsKey.set(
                    SECTION,
                    "start_timeout_s",
                    SettingsType.seconds(600),
                    Duration.ofSeconds(20),
                    "until it has named its tools");
    static final SettingsKey<Duration> CALL_TIMEOUT =
            SettingsKey.set(
                    SECTION,
                    "call_timeout_s",
                    SettingsType.seconds(86_400),
                    Duration.ofSeconds(120),
                    "for each call");
    static final SettingsKey<List<String>> TOOLS =
            SettingsKey.unset(
                    SECTION,
                    "tools",
                    SettingsType.texts("a list of its tools' names"),
                    "those that the model may use; without it all");
    static final SettingsKey<Boolean> ENABLED =
            SettingsKey.set(
                    SECTION, "enabled", SettingsType.onOff(), true, "false leaves it alone");

    /** In the order of the page. */
    static final List<SettingsKey<?>> ALL =
            List.of(
                    COMMAND,
                    ARGUMENTS,
                    ENVIRONMENT,
                    RUN_ON,
                    START_TIMEOUT,
                    CALL_TIMEOUT,
                    TOOLS,
                    ENABLED);

    private McpKeys() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static Optional<SettingsKey<?>> find(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst().map(it -> it);
    }

    /** The full names of a server's keys. */
    static List<String> namesIn(String section) {
        return ALL.stream().map(key -> section + "." + key.name()).toList();
    }

    /** The server, unless it is not wanted; its command is set. */
    static Optional<McpServer> server(String name, SettingsValues values) {
        var command = new ArrayList<String>();
        command.add(values.get(COMMAND));
        command.addAll(values.get(ARGUMENTS));
        var server =
                new McpServer(
                        name,
                        command,
                        values.get(ENVIRONMENT),
                        values.get(RUN_ON),
                        values.get(START_TIMEOUT),
                        values.get(CALL_TIMEOUT),
                        values.find(TOOLS));
        return values.get(ENABLED) ? Optional.of(server) : Optional.empty();
    }

    private static SettingsType<Map<String, Secret>> environment() {
        return new SettingsType<>(
                "a table such as { TOKEN = \"…\" }",
                text -> Optional.empty(),
                value -> value instanceof TomlTable table ? variables(table) : Optional.empty(),
                value -> value);
    }

    private static Optional<Map<String, Secret>> variables(TomlTable table) {
        var variables = new LinkedHashMap<String, Secret>();
        for (var name : table.keySet()) {
            if (!VARIABLE.matcher(name).matches()
                    || !(table.get(List.of(name)) instanceof String value)) {
                return Optional.empty();
            }
            variables.put(name, new Secret(value));
        }
        return Optional.of(variables);
    }
}
