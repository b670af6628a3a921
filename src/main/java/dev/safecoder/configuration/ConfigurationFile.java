package dev.safecoder.configuration;

import dev.safecoder.configuration.Settings.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tomlj.MutableTomlTable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The user's settings on disk: read strictly, changed without losing comments or layout. */
public final class ConfigurationFile {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private final Path file;

    public ConfigurationFile(Path file) {
        this.file = file;
    }

    /** Puts what the file sets; a file that is not there sets nothing. */
    void readInto(SettingsValues values) {
        var text = text();
        if (text.isPresent()) {
            new Reading(parse(text.get()), values).sections();
            var secret = secretIn(values);
            if (secret.isPresent() && othersRead()) {
                throw ConfigurationException.readByOthers(file, secret.get().fullName());
            }
        }
    }

    /** A key that holds a secret itself, not the name of a variable with one. */
    private static Optional<SettingsKey<?>> secretIn(SettingsValues values) {
        if (values.find(SettingsKey.API_KEY).isPresent()) {
            return Optional.of(SettingsKey.API_KEY);
        }
        return values.get(SettingsKey.HEADERS).stream().allMatch(Header::isFromVariable)
                ? Optional.empty()
                : Optional.of(SettingsKey.HEADERS);
    }

    /** Sets one key, checked; what else the file holds stays as it is. */
    public void set(String fullName, String value) {
        var key =
                SettingsKey.find(fullName)
                        .orElseThrow(
                                () ->
                                        ConfigurationException.unknownKey(
                                                "configuration", fullName, SettingsKey.names()));
        set(key, value);
    }

    private <T> void set(SettingsKey<T> key, String text) {
        var checked = new SettingsValues();
        checked.read(key, text, "configuration", "");
        var table = parse(text().orElse(""));
        section(table, key).set(List.of(key.name()), key.type().toToml().apply(checked.get(key)));
        write(table.toToml());
    }

    private static MutableTomlTable section(MutableTomlTable table, SettingsKey<?> key) {
        return table.getOrCreateTable(List.of(key.section()));
    }

    /** Writes the default file, in which every key stands as a comment. */
    public void create() {
        if (Files.exists(file)) {
            throw ConfigurationException.exists(file);
        }
        write(DefaultConfiguration.text());
    }

    private Optional<String> text() {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ConfigurationException.unreadable(file, e);
        }
    }

    private TomlParseResult parse(String text) {
        var result = Toml.parse(text);
        if (result.hasErrors()) {
            var first = result.errors().getFirst();
            throw ConfigurationException.notToml(
                    file, first.position().line(), String.valueOf(first.getMessage()));
        }
        return result;
    }

    private boolean othersRead() {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException e) {
            return false; // a file system of Windows: the user's folder is the user's alone
        } catch (IOException e) {
            throw ConfigurationException.unreadable(file, e);
        }
    }

    /** A new file takes the old one's place, readable by its owner alone from its first byte. */
    private void write(String text) {
        try {
            var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            var folder = Objects.requireNonNull(target.getParent());
            Files.createDirectories(folder);
            var fresh = temporary(folder);
            Files.writeString(
                    fresh, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ConfigurationException.unwritable(file, e);
        }
    }

    private static Path temporary(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createTempFile(folder, ".config-", ".toml");
        }
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        return Files.createTempFile(
                folder, ".config-", ".toml", PosixFilePermissions.asFileAttribute(ownerOnly));
    }

    /** One pass over a parsed file. */
    private final class Reading {
        private final TomlTable table;
        private final SettingsValues values;

        Reading(TomlTable table, SettingsValues values) {
            this.table = table;
            this.values = values;
        }

        void sections() {
            var known = SettingsKey.ALL.stream().map(SettingsKey::section).distinct().toList();
            for (var section : table.keySet()) {
                if (!known.contains(section)) {
                    throw ConfigurationException.unknownKey(
                            where(List.of(section)), section, known);
                }
                if (!(table.get(List.of(section)) instanceof TomlTable keys)) {
                    throw ConfigurationException.unfitting(
                            where(List.of(section)), section, "a value", "[" + section + "]");
                }
                for (var name : keys.keySet()) {
                    value(section, name);
                }
            }
        }

        private void value(String section, String name) {
            var fullName = section + "." + name;
            var where = where(List.of(section, name));
            var key =
                    SettingsKey.find(fullName)
                            .orElseThrow(
                                    () ->
                                            ConfigurationException.unknownKey(
                                                    where, fullName, namesIn(section)));
            put(key, where, Objects.requireNonNull(table.get(List.of(section, name))));
        }

        private <T> void put(SettingsKey<T> key, String where, Object value) {
            var read = key.type().fromToml().apply(value);
            values.put(
                    key,
                    read.orElseThrow(
                            () ->
                                    ConfigurationException.unfitting(
                                            where,
                                            key.fullName(),
                                            shown(key, value),
                                            key.type().expectation())),
                    where);
        }

        private String where(List<String> path) {
            var position = table.inputPositionOf(path);
            return position == null
                    ? file.toString()
                    : "%s, line %d".formatted(file, position.line());
        }
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
