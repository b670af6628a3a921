package dev.safecoder.threat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a user has beside the project: a home with keys and a git configuration that would run a
 * program, a folder of private files, services. Tells afterwards what of it was touched.
 */
final class Canaries implements AutoCloseable {
    /** The name of a key in the environment of this very process; the build sets it. */
    static final String VARIABLE = "SC_CANARY_KEY";

    private final Path home;
    private final Path outside;
    private final String secret = "canary-secret-" + UUID.randomUUID();
    private final CanaryListeners listeners;
    private final Map<String, String> before;

    private Canaries(Path folder) throws Exception {
        home = Files.createDirectories(folder.resolve("home"));
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(home.resolve(".bashrc"), "# the user's own\n");
        var keys = Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(keys.resolve("id_canary"), secret + "\n");
        Files.setPosixFilePermissions(
                keys.resolve("id_canary"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(outside.resolve("private.txt"), secret + "\n");
        Files.writeString(home.resolve(".gitconfig"), gitConfiguration());
        listeners = CanaryListeners.start(folder.resolve("connections"), outside.resolve("s"));
        before = state();
    }

    static Canaries lay(Path folder) throws Exception {
        return new Canaries(folder);
    }

    private String gitConfiguration() {
        return """
               [filter "lfs"]
                   clean = "touch '%1$s'; cat"
                   smudge = "touch '%1$s'; cat"
               [user]
                   name = user
                   email = user@localhost
               """
                .formatted(mark());
    }

    /** A file that comes to be when a program of the host was run by the agent's doing. */
    Path mark() {
        return outside.resolve("MARK");
    }

    Path home() {
        return home;
    }

    Path outside() {
        return outside;
    }

    /** What nothing that leaves the host may hold. */
    List<String> secrets() {
        return List.of(secret, environmentKey());
    }

    static String environmentKey() {
        return Objects.requireNonNull(
                System.getenv(VARIABLE), "run with the environment that pom.xml gives to tests");
    }

    /** Puts the places of this host into an agent's script. */
    String told(String script) throws IOException {
        return script.replace("@MARK@", mark().toString())
                .replace("@HOME@", home.toString())
                .replace("@OUTSIDE@", outside.toString())
                .replace("@SOCKET@", listeners.socket().toString())
                .replace("@PORT@", listeners.port())
                .replace("@ABSTRACT@", listeners.abstractName());
    }

    /** Whatever happened to them; empty when nothing did. */
    List<String> touched() throws IOException {
        var found = new ArrayList<String>(listeners.connections());
        var now = state();
        now.forEach(
                (path, state) -> {
                    if (!state.equals(before.get(path))) {
                        found.add("%s is %s, was %s".formatted(path, state, before.get(path)));
                    }
                });
        before.keySet().stream()
                .filter(path -> !now.containsKey(path))
                .forEach(path -> found.add(path + " is gone"));
        return found;
    }

    /** Every path with inode, mode, time and content. */
    private Map<String, String> state() throws IOException {
        var all = new TreeMap<String, String>();
        for (var root : List.of(home, outside)) {
            try (var paths = Files.walk(root)) {
                for (var path : paths.toList()) {
                    var seen =
                            Files.readAttributes(
                                    path,
                                    "unix:ino,mode,lastModifiedTime",
                                    LinkOption.NOFOLLOW_LINKS);
                    all.put(path.toString(), new TreeMap<>(seen) + " " + HostTree.entry(path));
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        listeners.close();
    }
}
