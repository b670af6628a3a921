package dev.safecoder.sandbox.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The program that an engine of this machine starts containers with, as the engine's command says.
 */
record InstalledRuntime(String name, String version) {
    /** Three holes of every runc before this one were found together. */
    static final String HOLE = "CVE-2025-31133";

    static InstalledRuntime ofDocker() throws IOException {
        return new InstalledRuntime(
                "runc", number(output("docker", "info", "--format", "{{.RuncCommit.ID}}")));
    }

    static InstalledRuntime ofPodman() throws IOException {
        var text = output("podman", "info", "--format", "{{.Host.OCIRuntime.Version}}");
        return new InstalledRuntime(text.startsWith("crun") ? "crun" : "runc", number(text));
    }

    boolean hasHole() {
        return name.equals("runc") && version.matches("1\\.([01]\\..*|2\\.[0-7]|3\\.[0-2])");
    }

    @Override
    public String toString() {
        return name + " " + version;
    }

    private static String output(String... command) throws IOException {
        var process = new ProcessBuilder(List.of(command)).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String number(String text) {
        return text.lines().findFirst().orElse("").replaceFirst("^[^0-9]*([0-9.]+).*", "$1");
    }
}
