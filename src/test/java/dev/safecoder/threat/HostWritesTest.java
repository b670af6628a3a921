package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.B28;
import static dev.safecoder.threat.ThreatCase.B5;
import static dev.safecoder.threat.ThreatCase.H6;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The classes that write by a whole path, which a link on the way leads elsewhere. To the project
 * writes the package {@code apply} alone, by one name at a time; the others write where only the
 * user can: below the state folder, into a control group, or a sample.
 */
class HostWritesTest {
    private static final Path PROGRAM = Path.of("src/main/java/dev/safecoder");

    private static final Pattern WRITES =
            Pattern.compile(
                    "Files\\s*\\.(write|copy|move|create(?!TempDirectory)|delete|set|new(Output|Byte|BufferedW))"
                            + "|FileChannel\\s*\\.open|new (RandomAccessFile|FileOutputStream|FileWriter)");

    private static final Pattern UNPACKS =
            Pattern.compile("ArchiveInputStream|ZipInputStream|ZipFile|GZIPInputStream|ImageIO");

    /** The engine's own way to copy files in and out of a container. */
    private static final Pattern ARCHIVES = Pattern.compile("archive\\?");

    private static final Set<String> ALLOWED_PACKAGES =
            Set.of("history", "guest", "sandbox", "configuration", "session", "review");

    private static final Set<String> ALLOWED_CLASSES =
            Set.of(
                    "app/BenchTrees", // samples of its own
                    "app/Demo", // a sample of its own
                    "app/ProjectInstructions", // reads a channel that follows no link
                    "app/SessionStart", // the state folder
                    "apply/PortableFolder", // one name below a folder that is held open
                    "apply/ProjectDesk", // the state folder
                    "apply/ProjectLock", // the state folder
                    "cli/HostEditor", // a file of its own among the system's temporary ones
                    "cli/Main", // the log in the state folder
                    "cli/OwnFile", // a new file that the user names
                    "cli/SessionCourse", // the report that the user names
                    "tui/ChatScreen", // the history of lines in the state folder
                    "workspace/Originals", // the session's folder
                    "workspace/Reflinks", // the session's folder
                    "workspace/SessionTree", // the session's folder
                    "workspace/TreeCopy"); // the session's folder

    @Test
    @Threat(B5)
    void the_classes_that_write_by_a_whole_path_are_known() throws Exception {
        assertThat(writers()).isSubsetOf(ALLOWED_CLASSES);
    }

    private static Set<String> writers() throws IOException {
        return classesWith(WRITES).stream()
                .filter(
                        name ->
                                ALLOWED_PACKAGES.stream()
                                        .noneMatch(it -> name.startsWith(it + "/")))
                .collect(Collectors.toSet());
    }

    private static Set<String> classesWith(Pattern pattern) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(PROGRAM)) {
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                if (pattern.matcher(Files.readString(file)).find()) {
                    found.add(PROGRAM.relativize(file).toString().replace(".java", ""));
                }
            }
        }
        return found;
    }

    @Test
    @Threat({B28, H6})
    void nothing_is_unpacked_or_copied_by_an_engine() throws Exception {
        assertThat(classesWith(UNPACKS)).isEmpty();
        assertThat(classesWith(ARCHIVES)).containsExactly("sandbox/container/Engine");
        assertThat(Files.readString(PROGRAM.resolve("sandbox/container/Engine.java")))
                .containsOnlyOnce("archive?")
                .containsPattern("archive\\?path=[^}]*send\\(\"PUT\"");
    }

    @Test
    @NegativeControl({B5, B28, H6})
    void a_write_by_a_whole_path_is_found() {
        for (var line :
                new String[] {
                    "Files.write(path, bytes);",
                    "Files\n    .createDirectories(path)",
                    "Files.newOutputStream(path)",
                    "FileChannel.open(path, WRITE)",
                    "new RandomAccessFile(file)"
                }) {
            assertThat(line).containsPattern(WRITES);
        }
        assertThat("Files.readString(file)").doesNotContainPattern(WRITES);
        assertThat("new ZipInputStream(bytes)").containsPattern(UNPACKS);
        assertThat("http.send(\"GET\", \"/containers/x/archive?path=y\")")
                .containsPattern(ARCHIVES);
    }
}
