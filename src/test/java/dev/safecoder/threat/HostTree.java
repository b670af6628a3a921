package dev.safecoder.threat;

import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A folder of the host as a value: each path with its kind, permissions and content's hash. */
public final class HostTree {
    private HostTree() {}

    public static Map<String, String> of(Path folder) throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.filter(it -> !it.equals(folder)).toList()) {
                all.put(name(folder, path), entry(path));
            }
        }
        return all;
    }

    /** As {@link RelativePath#toString} writes it, so that any name is a line of plain text. */
    private static String name(Path folder, Path path) {
        int prefix = encoded(folder).length() + 1;
        var raw = encoded(path).substring(prefix);
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < raw.length(); at++) {
            if (raw.charAt(at) == '%') {
                bytes.write(Integer.parseInt(raw.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.write(raw.charAt(at));
            }
        }
        return switch (RelativePath.parse(bytes.toByteArray())) {
            case RelativePath.Parsed.Valid(var relative) -> relative.toString();
            case RelativePath.Parsed.Invalid _ -> raw;
        };
    }

    /** The name's bytes: a path's text has lost those that are no text. */
    private static String encoded(Path path) {
        return path.toUri().getRawPath().replaceAll("/$", "");
    }

    static String entry(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "folder";
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return "neither file nor folder";
        }
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        return file(mode, Files.readAllBytes(path));
    }

    /** How a file with these permissions and this content is written here. */
    static String file(String permissions, byte[] content) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "%s %s".formatted(permissions, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}
