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
import org.tomlj.TomlParseResult;

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
            new ConfigurationReading(file, parse(text.get()), values).sections();
            var secret = secret(values);
            if (secret.isPresent() && othersRead()) {
                throw ConfigurationException.readByOthers(file, secret.get());
            }
        }
    }

    /** The first key that holds a secret itself, not the name of a variable with one. */
    private static Optional<String> secret(SettingsValues values) {
        if (values.isSet(SettingsKey.API_KEY)) {
            return Optional.of(SettingsKey.API_KEY.fullName());
        }
        if (!values.get(SettingsKey.HEADERS).stream().allMatch(Header::isFromVariable)) {
            return Optional.of(SettingsKey.HEADERS.fullName());
        }
        return values.mcpServers().entrySet().stream()
                .filter(server -> server.getValue().isSet(McpKeys.ENVIRONMENT))
                .map(server -> "mcp.servers.%s.env".formatted(server.getKey()))
                .findFirst();
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
}
