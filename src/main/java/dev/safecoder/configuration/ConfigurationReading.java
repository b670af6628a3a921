package dev.safecoder.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** One strict pass over a parsed file. */
final class ConfigurationReading {
    private static final String MCP = "mcp";
    private static final String SERVERS = "servers";

    private final Path file;
    private final TomlTable table;
    private final SettingsValues values;

    ConfigurationReading(Path file, TomlTable table, SettingsValues values) {
        this.file = file;
        this.table = table;
        this.values = values;
    }

    /**
     * @throws ConfigurationException at the first key or value that is not known or not possible
     */
    void sections() {
        var known =
                Stream.concat(SettingsKey.ALL.stream().map(SettingsKey::section), Stream.of(MCP))
                        .distinct()
                        .toList();
        for (var section : table.keySet()) {
            if (!known.contains(section)) {
                throw ConfigurationException.unknownKey(where(List.of(section)), section, known);
            }
            var keys = section(List.of(section));
            for (var name : keys.keySet()) {
                if (section.equals(MCP)) {
                    mcp(name);
                } else {
                    value(section, name);
                }
            }
        }
    }

    private TomlTable section(List<String> path) {
        if (table.get(path) instanceof TomlTable keys) {
            return keys;
        }
        var name = String.join(".", path);
        throw ConfigurationException.unfitting(where(path), name, "a value", "[" + name + "]");
    }

    private void value(String section, String name) {
        var fullName = section + "." + name;
        var path = List.of(section, name);
        var key =
                SettingsKey.find(fullName)
                        .orElseThrow(
                                () ->
                                        ConfigurationException.unknownKey(
                                                where(path), fullName, namesIn(section)));
        put(key, path, values);
    }

    private void mcp(String name) {
        if (!name.equals(SERVERS)) {
            throw ConfigurationException.unknownKey(
                    where(List.of(MCP, name)), "mcp." + name, List.of("mcp.servers"));
        }
        for (var server : section(List.of(MCP, SERVERS)).keySet()) {
            mcpServer(List.of(MCP, SERVERS, server), server);
        }
    }

    private void mcpServer(List<String> path, String server) {
        if (!McpKeys.isName(server)) {
            throw ConfigurationException.unfitting(
                    where(path), "mcp.servers", "of '%s'".formatted(server), McpKeys.NAMES);
        }
        var found = values.mcpServer(server);
        for (var name : section(path).keySet()) {
            var key = Stream.concat(path.stream(), Stream.of(name)).toList();
            put(
                    McpKeys.find(name)
                            .orElseThrow(
                                    () ->
                                            ConfigurationException.unknownKey(
                                                    where(key),
                                                    String.join(".", key),
                                                    McpKeys.namesIn(String.join(".", path)))),
                    key,
                    found);
        }
        if (!found.isSet(McpKeys.COMMAND)) {
            throw ConfigurationException.unfitting(
                    where(path),
                    String.join(".", path) + ".command",
                    "left out",
                    McpKeys.COMMAND.type().expectation());
        }
    }

    private <T> void put(SettingsKey<T> key, List<String> path, SettingsValues into) {
        var value = Objects.requireNonNull(table.get(path));
        var read = key.type().fromToml().apply(value);
        into.put(
                key,
                read.orElseThrow(
                        () ->
                                ConfigurationException.unfitting(
                                        where(path),
                                        String.join(".", path),
                                        shown(key, value),
                                        key.type().expectation())),
                where(path));
    }

    private String where(List<String> path) {
        var position = table.inputPositionOf(path);
        return position == null ? file.toString() : "%s, line %d".formatted(file, position.line());
    }

    private static List<String> namesIn(String section) {
        return SettingsKey.names().stream().filter(it -> it.startsWith(section + ".")).toList();
    }

    private static String shown(SettingsKey<?> key, Object value) {
        return switch (value) {
            case Object _ when key.isSecret() -> "what it is";
            case String text -> "\"%s\"".formatted(text);
            case TomlArray _ -> "that list";
            case TomlTable _ -> "a table";
            case Object other -> other.toString();
        };
    }
}
