package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Review, apply and undo of sessions as large as real ones, through the command line alone. */
@Tag("bubblewrap")
class LargeReviewTest {
    @TempDir Path folder;
    private Path project;
    private SafeCoder program;

    /** What the project should hold: each file's lines by its path. */
    private final Map<String, List<String>> expected = new TreeMap<>();

    @BeforeEach
    void makeUser() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        program = new SafeCoder(folder.resolve("user"));
    }

    private static String path(int file) {
        return "d%02d/f%04d.txt".formatted(file / 100, file);
    }

    private void generate(int files, int lines) throws IOException {
        for (int file = 0; file < files; file++) {
            int number = file;
            var text =
                    IntStream.rangeClosed(1, lines)
                            .mapToObj(line -> "line %d of %d".formatted(line, number))
                            .toList();
            expected.put(path(file), new ArrayList<>(text));
            write(path(file), text);
        }
    }

    private void write(String path, List<String> lines) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void userEdits(int file, int line) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(project.resolve(path(file))));
        lines.set(line - 1, "user " + file);
        write(path(file), lines);
        var name = expected.containsKey(path(file)) ? path(file) : moved(file);
        expected.get(name).set(line - 1, "user " + file);
    }

    private static String moved(int file) {
        return path(file).replace("/f", "/moved");
    }

    private String session(String command) throws Exception {
        var script = new Script().turn("").bash(command).turn("Done.");
        var arguments = new ArrayList<>(List.of("run", "-p", "x", "--output", "json"));
        arguments.addAll(List.of("--backend", "bubblewrap", "--path", project.toString()));
        arguments.addAll(List.of("--apply", "never", "--model", script.saveIn(folder)));
        var ran = program.run(arguments);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().path("session").asText();
    }

    /** 145 edited, 30 of them twice; 5 made executable; 20 deleted; 10 renamed; 20 new. */
    private static final String TWO_HUNDRED_CHANGES =
            """
            f() { printf 'd%02d/%s%04d.txt' $(($1 / 100)) "$2" "$1"; }
            for i in $(seq 0 144); do sed -i "s/^line 3 of .*/agent $i/" "$(f $i f)"; done
            for i in $(seq 0 29); do sed -i "s/^line 30 of .*/agent too $i/" "$(f $i f)"; done
            for i in $(seq 145 149); do chmod +x "$(f $i f)"; done
            for i in $(seq 200 219); do rm "$(f $i f)"; done
            for i in $(seq 300 309); do mv "$(f $i f)" "$(f $i moved)"; done
            mkdir new; for i in $(seq 10 29); do echo "a new file, number $i" >new/n$i; done
            """;

    private void expectTheAgentsChanges() {
        for (int file = 0; file < 145; file++) {
            expected.get(path(file)).set(2, "agent " + file);
        }
        for (int file = 0; file < 30; file++) {
            expected.get(path(file)).set(29, "agent too " + file);
        }
        for (int file = 200; file < 220; file++) {
            expected.remove(path(file));
        }
        for (int file = 300; file < 310; file++) {
            expected.put(moved(file), expected.remove(path(file)));
        }
        for (int file = 10; file < 30; file++) {
            expected.put("new/n" + file, List.of("a new file, number " + file));
        }
    }

    @Test
    void accepted_hunks_land_and_the_users_edits_survive_byte_for_byte() throws Exception {
        generate(5_000, 40);
        Git.commitAll(project);
        var session = session(TWO_HUNDRED_CHANGES);
        expectTheAgentsChanges();
        for (int file = 1_000; file < 1_050; file++) {
            userEdits(file, 10); // other files
        }
        for (int file = 40; file < 44; file++) {
            userEdits(file, 20); // the same files, elsewhere
        }
        userEdits(305, 20); // which the agent renamed
        for (int file = 45; file < 50; file++) {
            userEdits(file, 3); // the same line
        }
        var before = Tree.of(project);

        var refused = program.run("apply", session, "--json");
        assertThat(refused.code()).as(refused.err()).isEqualTo(5);
        assertThat(paths(refused.json().path("conflicts")))
                .isEqualTo(IntStream.range(45, 50).mapToObj(LargeReviewTest::path).toList());
        assertThat(Tree.of(project)).as("after the refusal").isEqualTo(before);

        rejectSome(session);
        var arguments = new ArrayList<>(List.of("apply", session, "--json"));
        for (int file = 45; file < 50; file++) {
            arguments.addAll(List.of("--ours", path(file)));
        }
        var applied = program.run(arguments);

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.json().path("applied")).hasSize(200 - 5 - 2);
        assertThat(contents()).isEqualTo(texts());
        assertThat(executables())
                .isEqualTo(IntStream.range(145, 150).mapToObj(LargeReviewTest::path).toList());
        var undone = program.run("undo", session);
        assertThat(undone.code()).as(undone.err()).isZero();
        assertThat(Tree.of(project)).as("after undo").isEqualTo(before);
    }

    /** The second hunks of ten files, one file, and one new file; what is executable is meant. */
    private void rejectSome(String session) throws Exception {
        var review = program.run("review", session, "--json").json();
        assertThat(review.path("files")).hasSize(200);
        var arguments = new ArrayList<>(List.of("review", session));
        for (var file : review.path("files")) {
            var path = file.path("path").asText();
            if (path.compareTo(path(10)) < 0) {
                var hunk = file.at("/hunks/1/id").asText();
                arguments.addAll(List.of("--reject", path + ":" + hunk));
            }
        }
        arguments.addAll(List.of("--reject", path(100), "--reject", "new/n29"));
        for (int file = 145; file < 150; file++) {
            arguments.addAll(List.of("--accept", path(file)));
        }
        var rejected = program.run(arguments);
        assertThat(rejected.code()).as(rejected.err()).isZero();
        for (int file = 0; file < 10; file++) {
            expected.get(path(file)).set(29, "line 30 of " + file);
        }
        expected.get(path(100)).set(2, "line 3 of 100");
        expected.remove("new/n29");
    }

    private static List<String> paths(JsonNode obstacles) {
        return StreamSupport.stream(obstacles.spliterator(), false)
                .map(obstacle -> obstacle.path("path").asText())
                .toList();
    }

    private Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        expected.forEach((path, lines) -> texts.put(path, String.join("\n", lines) + "\n"));
        return texts;
    }

    private List<String> executables() throws IOException {
        try (var files = Files.walk(project)) {
            return files.filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .map(file -> project.relativize(file).toString())
                    .filter(path -> !path.startsWith(".git/"))
                    .sorted()
                    .toList();
        }
    }

    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(project)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var path = project.relativize(file).toString();
                if (!path.startsWith(".git/")) {
                    contents.put(path, Files.readString(file));
                }
            }
        }
        return contents;
    }

    @Test
    void two_thousand_files_with_200_000_lines_are_reviewed_in_256_megabytes() throws Exception {
        generate(2_000, 50);
        var session = session("for d in d*; do sed -i 's/$/ x/' $d/*; done");
        program.withHeap("256m");

        var diff = program.run("diff", session);
        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out().lines().filter(line -> line.matches("[-+]line.*"))).hasSize(200_000);
        var review = program.run("review", session, "--json");
        assertThat(review.code()).as(review.err()).isZero();
        assertThat(review.json().path("files")).hasSize(2_000);
        var hunk = review.json().at("/files/0/hunks/0/id").asText();
        var accepted =
                program.run(
                        List.of(
                                "review",
                                session,
                                "--accept-all",
                                "--reject",
                                path(0) + ":" + hunk));
        assertThat(accepted.code()).as(accepted.err()).isZero();
        var applied = program.run("apply", session, "--json");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.json().path("applied")).hasSize(1_999);
        assertThat(program.run("undo", session).code()).isZero();
        assertThat(contents()).isEqualTo(texts());
    }
}
