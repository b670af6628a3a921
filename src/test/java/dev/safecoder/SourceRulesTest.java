package dev.safecoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import dev.safecoder.SourceRules.Finding;
import dev.safecoder.SourceRules.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** Holds every source file to the rules of CONTRIBUTING.md, so that they stay true. */
class SourceRulesTest {
    private static final int MAX_PUBLIC_TYPES = 15;

    /** Packages whose many public types are small records by intent, with their own limit. */
    private static final Map<String, Integer> WIDE_PACKAGES =
            Map.of("dev.safecoder.guest", 24); // one record for each message and answer

    private static final List<JavaSource> PROGRAM = sources(Path.of("src", "main", "java"));
    private static final List<JavaSource> TESTS = sources(Path.of("src", "test", "java"));

    @Test
    void the_program_keeps_the_rules() {
        assertThat(findings(PROGRAM, Part.PROGRAM)).isEmpty();
    }

    @Test
    void the_tests_keep_the_rules() {
        assertThat(findings(TESTS, Part.TESTS)).isEmpty();
    }

    @Test
    void every_c_file_of_the_guest_is_short() throws IOException {
        var tooLong = new ArrayList<String>();
        try (var files = Files.walk(Path.of("guest"))) {
            for (var file : files.filter(SourceRulesTest::isC).toList()) {
                long lines = Files.readString(file).lines().count();
                if (lines > SourceRules.MAX_FILE_LINES) {
                    tooLong.add("%s: %d lines".formatted(file, lines));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void every_package_is_described_and_null_marked() {
        var described =
                PROGRAM.stream()
                        .filter(source -> source.fileName().equals("package-info.java"))
                        .filter(
                                source ->
                                        String.join("\n", source.lines()).contains("\n@NullMarked"))
                        .filter(source -> source.lines().getFirst().startsWith("/**"))
                        .map(JavaSource::packageName)
                        .toList();
        var packages = PROGRAM.stream().map(JavaSource::packageName).distinct().toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void no_package_shows_too_many_types() {
        var counts = new TreeMap<String, Integer>();
        for (var source : PROGRAM) {
            counts.merge(source.packageName(), publicTypes(source), Integer::sum);
        }
        counts.entrySet()
                .removeIf(
                        count ->
                                count.getValue()
                                        <= WIDE_PACKAGES.getOrDefault(
                                                count.getKey(), MAX_PUBLIC_TYPES));

        assertThat(counts).as("public types by package").isEmpty();
    }

    @Test
    void host_programs_start_in_one_place() {
        var starters =
                PROGRAM.stream()
                        .filter(source -> creates(source, "ProcessBuilder"))
                        .collect(Collectors.groupingBy(JavaSource::packageName));
        starters.keySet().removeIf(name -> name.equals("dev.safecoder.process"));
        // a wall's long-lived child is the one other reason, in one file of the backend
        starters.entrySet()
                .removeIf(
                        entry ->
                                entry.getKey().startsWith("dev.safecoder.sandbox.")
                                        && entry.getValue().size() == 1);

        assertThat(starters.values().stream().flatMap(List::stream).map(JavaSource::name))
                .as("files that use ProcessBuilder; host programs start by process.Subprocess")
                .isEmpty();
    }

    @Test
    void no_preview_features_are_used() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).doesNotContain("--enable-preview");
    }

    @Test
    void each_broken_rule_of_the_program_is_found_with_its_line() throws IOException {
        var source =
                JavaSource.parse(
                        "Broken.java",
                        """
                        package dev.safecoder.guest;
                        import java.util.*;
                        class SessionManager {
                            void run() {
                                try {
                                    System.out.println(System.getenv("HOME"));
                                    throw new RuntimeException("x" + System.getProperty("user.home"));
                                } catch (Exception e) {
                                    e.printStackTrace();
                                }
                                var now = java.time.Instant.now();
                                var chance = new Random();
                                Runtime.getRuntime().exec("ls");
                            }
                        }
                        """);

        assertThat(SourceRules.check(source, Part.PROGRAM))
                .extracting(Finding::line)
                .containsExactly(2, 3, 6, 6, 7, 7, 8, 9, 11, 12, 13);
    }

    @Test
    void each_broken_rule_of_the_tests_is_found_with_its_line() throws IOException {
        var source =
                JavaSource.parse(
                        "BrokenTest.java",
                        """
                        package dev.safecoder.guest;
                        import org.mockito.Mockito;
                        class BrokenTest {
                            void waits() throws Exception {
                                Thread.sleep(100);
                                try {
                                    wait();
                                } catch (InterruptedException e) {
                                }
                            }
                        }
                        """);

        assertThat(SourceRules.check(source, Part.TESTS))
                .extracting(Finding::toString)
                .containsExactly(
                        "BrokenTest.java:2: a mocking library: write a small Scripted… class",
                        "BrokenTest.java:5: sleeps: wait with Eventually.holds",
                        "BrokenTest.java:8: swallows InterruptedException: declare it, or interrupt"
                                + " again");
    }

    @Test
    void a_good_file_has_no_findings() throws IOException {
        var source =
                JavaSource.parse(
                        "src/main/java/dev/safecoder/app/Clocks.java",
                        """
                        package dev.safecoder.app;
                        import java.time.Instant;
                        /** Mentions System.out, DatabaseImpl and new Random() in words only. */
                        record DatabaseClock(Instant now) {
                            static DatabaseClock read() {
                                return new DatabaseClock(Instant.now());
                            }
                        }
                        """);

        assertThat(SourceRules.check(source, Part.PROGRAM)).isEmpty();
    }

    private static List<Finding> findings(List<JavaSource> sources, Part part) {
        return sources.stream().flatMap(one -> SourceRules.check(one, part).stream()).toList();
    }

    private static int publicTypes(JavaSource source) {
        return (int)
                source.tree().getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .map(ClassTree.class::cast)
                        .filter(type -> type.getModifiers().getFlags().contains(Modifier.PUBLIC))
                        .count();
    }

    private static boolean creates(JavaSource source, String type) {
        var found = new AtomicBoolean();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitNewClass(NewClassTree node, Void nothing) {
                if (node.getIdentifier().toString().equals(type)) {
                    found.set(true);
                }
                return super.visitNewClass(node, nothing);
            }
        }.scan(source.tree(), null);
        return found.get();
    }

    private static boolean isC(Path file) {
        return file.toString().endsWith(".c") || file.toString().endsWith(".h");
    }

    private static List<JavaSource> sources(Path root) {
        try (var files = Files.walk(root)) {
            return JavaSource.read(
                    files.filter(path -> path.toString().endsWith(".java")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
