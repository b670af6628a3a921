package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.tool.EditMatch.Edit;
import dev.safecoder.tool.EditMatch.Extent;
import dev.safecoder.tool.EditPlan.Planned;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, an edit changes its place and not one byte elsewhere. */
class EditPropertyTest {
    private static final int ROUNDS = 4_000;

    /** A file whose every line is found once, and where each line begins and its content ends. */
    private record Made(byte[] file, int[] starts, int[] ends) {
        int lines() {
            return starts.length;
        }

        /** What a model would write for these lines: UTF-8, line feeds only. */
        String read(int first, int last) {
            return new String(
                            Arrays.copyOfRange(file, starts[first], ends[last]),
                            StandardCharsets.UTF_8)
                    .replace("\r\n", "\n");
        }
    }

    private enum Ending {
        LF,
        CRLF,
        MIXED
    }

    private static Made make(Random random, Ending ending) {
        int lines = 1 + random.nextInt(12);
        var starts = new int[lines];
        var ends = new int[lines];
        var file = new ByteArrayOutputStream();
        if (random.nextInt(4) == 0) {
            file.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        }
        for (int line = 0; line < lines; line++) {
            starts[line] = file.size();
            file.writeBytes(content(random, line).getBytes(StandardCharsets.UTF_8));
            ends[line] = file.size();
            boolean last = line == lines - 1 && random.nextBoolean();
            boolean windows =
                    ending == Ending.CRLF || ending == Ending.MIXED && random.nextBoolean();
            file.writeBytes((last ? "" : windows ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new Made(file.toByteArray(), starts, ends);
    }

    private static String content(Random random, int line) {
        var indent = List.of("", "\t", "    ", "\t  ").get(random.nextInt(4));
        var end = List.of("", " ", "\t", "ä", "€", "💣", "\rz").get(random.nextInt(7));
        return "%sline %d %s".formatted(indent, line, end + "x".repeat(random.nextInt(3)));
    }

    private static String replacement(Random random) {
        return List.of("", "new", "new\nlines\n\tthree", "\n", "ü\n💣").get(random.nextInt(5));
    }

    private static byte[] edit(Made made, String before, String after) {
        return switch (EditPlan.plan(made.file(), List.of(Edit.of(before, after, Extent.ONE)))) {
            case Planned.Edited(var bytes, _, var notes, _) -> {
                assertThat(notes).isEmpty();
                yield bytes;
            }
            case Planned.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void bytes_outside_an_exact_match_stay_and_the_match_becomes_the_new_text() {
        var random = new Random(11);
        for (int round = 0; round < ROUNDS; round++) {
            var made = make(random, Ending.values()[random.nextInt(3)]);
            int first = random.nextInt(made.lines());
            int last = first + random.nextInt(made.lines() - first);
            var before = made.read(first, last);
            var after = replacement(random);
            var edited = edit(made, before, after);

            int tail = made.file().length - made.ends()[last];
            var middle = Arrays.copyOfRange(edited, made.starts()[first], edited.length - tail);
            assertThat(Arrays.copyOf(edited, made.starts()[first]))
                    .isEqualTo(Arrays.copyOf(made.file(), made.starts()[first]));
            assertThat(Arrays.copyOfRange(edited, edited.length - tail, edited.length))
                    .isEqualTo(
                            Arrays.copyOfRange(made.file(), made.ends()[last], made.file().length));
            assertThat(new String(middle, StandardCharsets.UTF_8).replace("\r\n", "\n"))
                    .isEqualTo(after);
        }
    }

    @Test
    void a_file_keeps_the_one_line_ending_that_it_has() {
        var random = new Random(12);
        for (int round = 0; round < ROUNDS; round++) {
            var ending = random.nextBoolean() ? Ending.CRLF : Ending.LF;
            var made = make(random, ending);
            boolean hasEnding = new String(made.file(), StandardCharsets.UTF_8).contains("\n");
            int line = random.nextInt(made.lines());
            var edited =
                    new String(
                            edit(made, made.read(line, line), replacement(random)),
                            StandardCharsets.UTF_8);
            if (hasEnding && ending == Ending.CRLF) {
                assertThat(edited.replace("\r\n", "")).doesNotContain("\n");
            } else if (ending == Ending.LF) {
                assertThat(edited.replace("\rz", "")).doesNotContain("\r");
            }
        }
    }

    /**
     * Lines that the old and the new text share keep their bytes even where the match was loose.
     */
    @Test
    void lines_that_do_not_change_keep_their_bytes_in_a_loose_match() {
        var random = new Random(13);
        int loose = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var made = make(random, Ending.values()[random.nextInt(3)]);
            if (made.lines() < 3) {
                continue;
            }
            int middle = 1 + random.nextInt(made.lines() - 2);
            var before = sloppily(random, made.read(middle - 1, middle + 1));
            var lines = before.split("\n", -1);
            var after = lines[0] + "\nchanged\n" + lines[2];
            var plan = EditPlan.plan(made.file(), List.of(Edit.of(before, after, Extent.ONE)));
            if (plan instanceof Planned.Edited(var edited, _, var notes, _) && !notes.isEmpty()) {
                loose++;
                assertThat(new String(edited, StandardCharsets.UTF_8)).contains("changed");
                int head = made.starts()[middle];
                int tail = made.file().length - made.ends()[middle];
                assertThat(Arrays.copyOf(edited, head)).isEqualTo(Arrays.copyOf(made.file(), head));
                assertThat(Arrays.copyOfRange(edited, edited.length - tail, edited.length))
                        .isEqualTo(
                                Arrays.copyOfRange(
                                        made.file(), made.ends()[middle], made.file().length));
            }
        }
        assertThat(loose).isGreaterThan(ROUNDS / 10);
    }

    private static String sloppily(Random random, String text) {
        UnaryOperator<String> stripped =
                random.nextInt(3) == 0 ? String::strip : String::stripTrailing;
        return Arrays.stream(text.split("\n")).map(stripped).collect(Collectors.joining("\n"));
    }
}
