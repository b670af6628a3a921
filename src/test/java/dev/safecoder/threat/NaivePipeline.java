package dev.safecoder.threat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The same job as one first thinks of it: a copy of the project, a shell in it with the user's
 * environment, git over it with the user's configuration, and copying back. What the suite checks
 * must fail here.
 */
final class NaivePipeline {
    private final Canaries canaries;
    private final Path project;
    private final Path work;

    NaivePipeline(Canaries canaries, Path folder) throws IOException, InterruptedException {
        this.canaries = canaries;
        this.project = SampleProject.lay(folder.resolve("project"));
        this.work = folder.resolve("work");
    }

    Path project() {
        return project;
    }

    Path work() {
        return work;
    }

    /** Takes the copy; {@code how} are options of cp. */
    NaivePipeline copied(String how) throws IOException, InterruptedException {
        output(project, "cp %s '%s' '%s'".formatted(how, project, work));
        return this;
    }

    /** The agent's commands, on this very host. */
    String run(String script) throws IOException, InterruptedException {
        return output(work, canaries.told(script));
    }

    /** With the user's home, as any tool would start it; gives both outputs. */
    String git(String words) throws IOException, InterruptedException {
        return output(work, "git " + words);
    }

    private String output(Path at, String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", script).directory(at.toFile());
        builder.environment().put("HOME", canaries.home().toString());
        builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    /** Copies every file that there is now, links followed, over the project's. */
    void syncBack() throws IOException {
        try (var files = Files.walk(work, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = project.resolve(work.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The files that git would show for review. */
    List<String> listed() throws IOException, InterruptedException {
        git("add -A");
        return git("diff --cached --name-only HEAD").lines().toList();
    }
}
