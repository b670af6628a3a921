package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.tool.EditMatch.Edit;
import dev.safecoder.tool.EditMatch.Extent;
import dev.safecoder.tool.EditPlan.Planned;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditPlanTest {
    private static final String TRAILING =
            "old_string was matched without regard to white space at line ends";
    private static final String INDENTED =
            "old_string was matched without regard to indentation; new lines were indented as in the"
                    + " file";
    private static final String PUNCTUATION =
            "old_string was matched with typographic quotes, dashes and spaces read as plain ones,"
                    + " and without regard to indentation";

    private static Planned plan(String file, Edit... edits) {
        return EditPlan.plan(file.getBytes(StandardCharsets.UTF_8), List.of(edits));
    }

    private static Edit edit(String before, String after) {
        return Edit.of(before, after, Extent.ONE);
    }

    private static Edit all(String before, String after) {
        return Edit.of(before, after, Extent.ALL);
    }

    private static String edited(Planned planned) {
        return switch (planned) {
            case Planned.Edited(var bytes, _, _, _) -> new String(bytes, StandardCharsets.UTF_8);
            case Planned.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private static List<String> notes(Planned planned) {
        return planned instanceof Planned.Edited(_, _, var notes, _) ? notes : List.of();
    }

    /** Line feeds are written {@code /}, carriage returns {@code <}, tabs {@code >}. */
    private static String text(String shown) {
        return shown.replace('/', '\n').replace('<', '\r').replace('>', '\t');
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "a/b/c/, b, x, a/x/c/",
                "a/b/c, c, x, a/b/x",
                "a</b</c</, b, x, a</x</c</",
                "a</b</c</, a/b, a/x/b, a</x</b</c</",
                "a</b</c</, b/, ~~, a</c</",
                "a</b</c</, b</c, y</z, a</y</z</",
                "a</b/c</, a/b/c, a/b/x/c, a</b/x</c</",
                "a/b</c/, b/c, b/y/c, a/b</y/c/",
                "a</b, b, x/y, a</x</y",
                "a, a, x/y, x/y",
                "\uFEFFa/b, a, x, \uFEFFx/b",
                ">a/>b/, >b, >x/>y, >a/>x/>y/",
                "ä€💣/z, €, x, äx💣/z",
                "a</</b, </</b, </x, a</x",
            })
    void an_exact_match_is_replaced_in_the_files_own_line_endings(
            String file, String before, String after, String expected) {
        assertThat(edited(plan(text(file), edit(text(before), text(after)))))
                .isEqualTo(text(expected));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "~a  /b>/c/~, ~a/b~, ~a/x~, ~a  /x/c/~",
                "~a  /b/c/~, ~a/b~, ~a/x/b~, ~a  /x/b/c/~",
                "~a/b /c/~, ~a/b/~, ~a/~, ~a/c/~",
                "~a </b  </c</~, ~b/c~, ~y/c~, ~a </y</c</~",
                "~a  ~, ~a/~, ~x/~, ~x~",
                "~a  /~, ~a   ~, ~x~, ~x/~",
            })
    void white_space_at_line_ends_need_not_match(
            String file, String before, String after, String expected) {
        var planned = plan(text(file), edit(text(before), text(after)));
        assertThat(edited(planned)).isEqualTo(text(expected));
        assertThat(notes(planned)).isEqualTo(List.of(TRAILING));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "~    a/    b/~, ~a/b~, ~a/x/b~, ~    a/    x/    b/~",
                "~if:/>a/>b/~, ~  a/  b~, ~  a/  if c:/    d~, ~if:/>a/>if c:/>  d/~",
                "~{/    a/        b/}/~, ~{/  a/    b/}~, ~{/  x/    b/}~, ~{/    x/        b/}/~",
                "~  a</  b</~, ~a/b~, ~a/c~, ~  a</  c</~",
            })
    void indentation_is_taken_from_the_file(
            String file, String before, String after, String expected) {
        var planned = plan(text(file), edit(text(before), text(after)));
        assertThat(edited(planned)).isEqualTo(text(expected));
        assertThat(notes(planned)).isEqualTo(List.of(INDENTED));
    }

    @Test
    void typographic_signs_are_read_as_plain_ones_and_kept_where_nothing_changes() {
        var planned =
                plan(
                        "say(“hi”)\n– dash\nx\n",
                        edit("say(\"hi\")\n- dash\nx", "say(\"hi\")\n- dash\ny"));
        assertThat(edited(planned)).isEqualTo("say(“hi”)\n– dash\ny\n");
        assertThat(notes(planned)).isEqualTo(List.of(PUNCTUATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a/b/ | c | old_string was not found; read the file again and copy the text exactly",
                "a/b/c/ | b/x | old_string was not found; its first line stands there (line 2): read on from there and copy the text exactly",
                "a/b/a/ | a | old_string stands there 2 times (lines 1, 3); give more of the text around the place that you mean, or set replace_all",
                "aaa | aa | old_string stands there 2 times (lines 1, 1); give more of the text around the place that you mean, or set replace_all",
                "~  a/  b/ a/ b/~ | a/b | old_string was not found exactly, and nearly on several lines (1, 3); give the exact text",
                "~ a/ b~ | ~/ /~ | old_string was not found",
                "a | ~~ | old_string is empty; to write the whole file use write_file",
                "a/b | a</b | old_string and new_string are the same (line endings do not count: the file keeps its own)",
            })
    void what_cannot_be_placed_is_refused(String file, String before, String reason) {
        var after = before.equals("a</b") ? "a/b" : "new";
        assertThat(plan(text(file), edit(text(before), text(after))))
                .isEqualTo(new Planned.Refused(reason));
    }

    @Test
    void indentation_that_cannot_be_told_is_no_match() {
        assertThat(plan("  a\n    b\n", edit("a\nb", "a\nx"))).isInstanceOf(Planned.Refused.class);
    }

    @Test
    void every_place_is_replaced_when_all_are_meant() {
        assertThat(edited(plan("a b a\r\na", all("a", "xy")))).isEqualTo("xy b xy\r\nxy");
        assertThat(edited(plan("aaa", all("aa", "b")))).isEqualTo("ba");
        assertThat(plan("a b a", all("a", "c")))
                .isInstanceOfSatisfying(
                        Planned.Edited.class,
                        done -> assertThat(done.lines()).isEqualTo(List.of(1, 1)));
    }

    @Test
    void several_edits_are_matched_on_the_file_as_it_is() {
        assertThat(edited(plan("one\ntwo\nthree\n", edit("three", "two"), edit("two", "one"))))
                .isEqualTo("one\none\ntwo\n");
    }

    @Test
    void one_edit_that_cannot_be_made_stops_all() {
        assertThat(plan("one\ntwo\n", edit("one", "1"), edit("four", "4")))
                .isEqualTo(
                        new Planned.Refused(
                                "edits[1].old_string was not found; read the file again and copy the"
                                        + " text exactly"));
        assertThat(plan("one\ntwo\n", edit("one\ntwo", "1"), edit("two", "2")))
                .isEqualTo(new Planned.Refused("two edits overlap at line 2; make them one"));
    }

    @Test
    void bytes_that_are_no_text_stay() {
        var file = new byte[] {(byte) 0xff, 'a', '\n', (byte) 0xc3, 'b', 0, '\r', '\n'};
        assertThat(EditPlan.plan(file, List.of(edit("b", "xy"))))
                .isInstanceOfSatisfying(
                        Planned.Edited.class,
                        done ->
                                assertThat(done.bytes())
                                        .isEqualTo(
                                                new byte[] {
                                                    (byte) 0xff,
                                                    'a',
                                                    '\n',
                                                    (byte) 0xc3,
                                                    'x',
                                                    'y',
                                                    0,
                                                    '\r',
                                                    '\n'
                                                }));
    }

    @Test
    void texts_made_to_take_for_ever_do_not() {
        var file = "a".repeat(2_000_000);
        var lines = "a\n".repeat(500_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> {
                    plan(file, edit("a".repeat(500_000) + "b", "x"));
                    plan(lines, edit("a\n".repeat(100_000) + "b\n", "x"));
                    plan(lines, all("a", "b"));
                    plan(file, edit("a".repeat(500_000), "a".repeat(500_000) + "b"));
                    plan(file.substring(0, 9_000), all("a", "\n\n"));
                });
    }
}
