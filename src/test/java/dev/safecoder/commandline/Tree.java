package dev.safecoder.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A folder as a value: each path with its kind, whether it can be run, and its content's hash. */
final class Tree {
    private Tree() {}

    static Map<String, String> of(Path folder) throws IOException {
        var entries = new TreeMap<String, String>();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.filter(it -> !it.equals(folder)).toList()) {
                entries.put(folder.relativize(path).toString(), entry(path));
            }
        }
        return entries;
    }

    private static String entry(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "folder";
        }
        var kind = Files.isExecutable(path) ? "program" : "file";
        return "%s of %d bytes, %s".formatted(kind, Files.size(path), hash(path));
    }

    private static String hash(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}
