package dev.safecoder.threat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A project under git, with what should not be in a project and is in most. */
final class SampleProject {
    /** What lies in it and must not be seen inside. */
    static final List<String> SECRETS =
            List.of(
                    "project-secret-in-env",
                    "project-secret-in-key",
                    "project-secret-in-npmrc",
                    "project-secret-in-address");

    private SampleProject() {}

    static Path lay(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
        Files.writeString(folder.resolve("src/run.sh"), "#!/bin/sh\necho run\n");
        Files.setPosixFilePermissions(
                folder.resolve("src/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve(".gitignore"), "build/\n");
        naiveGit(folder, "init -q -b main && git add -A && git commit -qm begun");
        Files.writeString(folder.resolve(".env"), "TOKEN=project-secret-in-env\n");
        Files.writeString(folder.resolve("id_rsa"), "project-secret-in-key\n");
        Files.writeString(folder.resolve(".npmrc"), "_authToken=project-secret-in-npmrc\n");
        naiveGit(
                folder, "remote add origin https://user:project-secret-in-address@localhost/x.git");
        return folder;
    }

    /** For laying out only: nothing hostile is there yet. */
    private static void naiveGit(Path folder, String words)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder("sh", "-c", "git " + words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        var environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        for (var who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "user");
            environment.put("GIT_" + who + "_EMAIL", "user@localhost");
        }
        if (builder.start().waitFor() != 0) {
            throw new AssertionError("git " + words);
        }
    }
}
