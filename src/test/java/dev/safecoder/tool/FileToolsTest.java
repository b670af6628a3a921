package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.tool.ToolResult.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileToolsTest {
    private Path temp;
    private Workbench bench;

    @BeforeEach
    void open(@TempDir Path temp) throws Exception {
        this.temp = temp;
        bench = Workbench.in(temp);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void refuses(String tool, String input, String reason) throws InterruptedException {
        var result = bench.call(tool, input);
        assertThat(result.answer().text()).isEqualTo(reason);
        assertThat(result.answer().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.mayHaveChanged()).isFalse();
    }

    @Test
    void a_file_is_read_from_an_offset_and_the_footer_says_where_to_go_on() throws Exception {
        bench.put("a.txt", "one\ntwo\nthree\nfour");
        assertThat(bench.answer("read_file", "{'path':'a.txt','limit':2}"))
                .isEqualTo("1: one\n2: two\n(Showing lines 1-2 of 4. Use offset=3 to continue.)");
        var rest = bench.call("read_file", "{'path':'/workspace/a.txt','offset':3}");
        assertThat(rest.answer().text())
                .isEqualTo(
                        "3: three\n4: four\n(End of file - total 4 lines. The last line has no line"
                                + " feed.)");
        assertThat(rest.summary()).isEqualTo("Read a.txt (lines 3-4 of 4)");
        assertThat(rest.readOnly()).isTrue();
        refuses(
                "read_file",
                "{'path':'a.txt','offset':5}",
                "offset 5 is past the end: 'a.txt' has 4 lines");
    }

    @Test
    void two_thousand_lines_come_at_once() throws Exception {
        bench.put("long.txt", "x\n".repeat(5_321));
        var text = bench.answer("read_file", "{'path':'long.txt'}");
        assertThat(text).endsWith("\n(Showing lines 1-2000 of 5321. Use offset=2001 to continue.)");
        assertThat(text.lines()).hasSize(2_001);
    }

    @Test
    void an_empty_file_and_windows_line_endings_are_named() throws Exception {
        bench.put("empty", "");
        bench.put("dos.txt", "\uFEFFa\r\nb\r\n");
        assertThat(bench.answer("read_file", "{'path':'empty'}")).isEqualTo("(The file is empty.)");
        assertThat(bench.answer("read_file", "{'path':'dos.txt'}"))
                .isEqualTo(
                        "1: a\n2: b\n(End of file - total 2 lines. Lines end with CRLF; edit_file"
                                + " keeps that.)");
    }

    @Test
    void a_missing_file_is_answered_with_its_nearest_siblings() throws Exception {
        bench.put("src/Main.java", "");
        bench.put("src/MainTest.java", "");
        bench.put("src/Other.java", "");
        refuses(
                "read_file",
                "{'path':'src/main.java'}",
                "There is no file 'src/main.java'. Did you mean 'src/Main.java' or"
                        + " 'src/MainTest.java'?");
        refuses("read_file", "{'path':'src/zzz'}", "There is no file 'src/zzz'");
        refuses("read_file", "{'path':'lib/a'}", "There is no file 'lib/a', nor its folder");
    }

    @Test
    void what_is_no_text_file_is_named() throws Exception {
        bench.put("x.bin", new byte[] {0x7f, 'E', 'L', 'F', 0});
        bench.call("bash", "{'command':'mkfifo pipe; mkdir folder; ln -s nowhere dangling'}");
        refuses("read_file", "{'path':'x.bin'}", "'x.bin' is not shown: it is a binary file");
        refuses(
                "read_file",
                "{'path':'folder'}",
                "'folder' is a folder; look into it with list_files");
        refuses("read_file", "{'path':'pipe'}", "'pipe' is a named pipe, not a file");
        refuses("write_file", "{'path':'pipe','content':''}", "'pipe' is a named pipe, not a file");
        refuses("read_file", "{'path':'/dev/zero'}", "'/dev/zero' is a device, not a file");
        refuses("read_file", "{'path':'dangling'}", "There is no file 'dangling'");
        refuses("read_file", "{'path':'/'}", "'/' is a folder; look into it with list_files");
    }

    @Test
    void a_file_that_is_larger_than_memory_is_paged() throws Exception {
        bench.call(
                "bash",
                "{'command':'yes 0123456789012345678901234567890123456789 | head -c 70000000 > big'}");
        var text = bench.answer("read_file", "{'path':'big','offset':1000000,'limit':1}");
        assertThat(text)
                .isEqualTo(
                        "1000000: 0123456789012345678901234567890123456789\n"
                                + "(Showing lines 1000000-1000000 of more than 1636802. Use"
                                + " offset=1000001 to continue.)");
        refuses(
                "read_file",
                "{'path':'big','offset':1700000}",
                "offset 1700000 is past what can be shown of 'big' (the first 64 MiB,"
                        + " 1636802 lines); use bash to cut out a part");
    }

    @Test
    void a_written_file_has_the_very_bytes_and_its_mode() throws Exception {
        var content = "ä\r\n\t💣\u0000no end";
        var input =
                JsonNodeFactory.instance.objectNode().put("path", "a/b/c").put("content", content);
        bench.call("write_file", input);
        assertThat(bench.content("a/b/c")).isEqualTo(content);
        Files.setPosixFilePermissions(
                bench.path("a/b/c"), PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(bench.answer("write_file", "{'path':'a/b/c','content':'#!/bin/sh\\n'}"))
                .isEqualTo("Wrote a/b/c (10 bytes, 1 line, in place of 16 bytes)");
        assertThat(Files.getPosixFilePermissions(bench.path("a/b/c")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }

    @Test
    void a_file_elsewhere_is_written_and_the_model_is_told_that_it_does_not_count()
            throws Exception {
        var outside = temp.resolve("outside.txt");
        assertThat(bench.answer("write_file", "{'path':'%s','content':'x'}".formatted(outside)))
                .isEqualTo(
                        ("Wrote %s (1 byte, 1 line, a new file). It lies outside /workspace: it"
                                        + " will not be part of the changes and is gone with the"
                                        + " sandbox.")
                                .formatted(outside));
        assertThat(bench.answer("write_file", "{'path':'.git/hooks/x','content':''}"))
                .endsWith("It lies under .git: it will not be part of the changes.");
    }

    @Test
    void a_link_is_written_through_and_stays_a_link() throws Exception {
        bench.put("real/a.txt", "old\n");
        bench.call("bash", "{'command':'ln -s real/a.txt link; ln -s real folder'}");
        bench.call("edit_file", "{'path':'link','old_string':'old','new_string':'new'}");
        assertThat(bench.content("real/a.txt")).isEqualTo("new\n");
        assertThat(Files.isSymbolicLink(bench.path("link"))).isTrue();
        assertThat(bench.answer("read_file", "{'path':'folder/a.txt'}")).startsWith("1: new\n");
        bench.call("write_file", "{'path':'folder/b.txt','content':'b'}");
        assertThat(bench.content("real/b.txt")).isEqualTo("b");
        assertThat(
                        Files.readAttributes(
                                bench.path("folder"), "isSymbolicLink", LinkOption.NOFOLLOW_LINKS))
                .containsEntry("isSymbolicLink", true);
    }

    @Test
    void a_refused_write_names_the_cause() throws Exception {
        bench.put("file", "x");
        refuses(
                "write_file",
                "{'path':'file/below','content':'x'}",
                "'file/below' cannot be written: a part of the path is not a folder");
        refuses(
                "write_file",
                "{'path':'.','content':'x'}",
                "'.' is a folder; look into it with list_files");
    }

    @Test
    void a_file_that_changed_since_it_was_read_must_be_read_again() throws Exception {
        bench.put("a.txt", "one\n");
        bench.answer("read_file", "{'path':'a.txt'}");
        touchWith("a.txt", "two\n");
        var again = "'a.txt' has changed since it was read; read it again";
        refuses("edit_file", "{'path':'a.txt','old_string':'two','new_string':'x'}", again);
        refuses("write_file", "{'path':'./src/../a.txt','content':'x'}", again);
        bench.answer("read_file", "{'path':'a.txt'}");
        bench.answer("edit_file", "{'path':'a.txt','old_string':'two','new_string':'three'}");
        bench.answer("edit_file", "{'path':'a.txt','old_string':'three','new_string':'four'}");
        assertThat(bench.content("a.txt")).isEqualTo("four\n");
    }

    @Test
    void a_file_that_was_never_read_is_edited_by_what_it_holds() throws Exception {
        bench.put("a.txt", "one\n");
        bench.answer("edit_file", "{'path':'a.txt','old_string':'one','new_string':'two'}");
        assertThat(bench.content("a.txt")).isEqualTo("two\n");
    }

    private void touchWith(String name, String content) throws IOException {
        bench.put(name, content);
        Files.setLastModifiedTime(bench.path(name), FileTime.fromMillis(1_000));
    }

    @Test
    void several_edits_come_as_a_list_or_as_its_text_and_all_are_made_or_none() throws Exception {
        bench.put("a.txt", "one\r\ntwo\r\nthree\r\n");
        assertThat(
                        bench.call(
                                "edit_file",
                                "{'path':'a.txt','edits':[{'old_string':'one','new_string':'1'},{'old_string':'four','new_string':'4'}]}"))
                .satisfies(
                        result -> {
                            assertThat(result.answer().text())
                                    .isEqualTo(
                                            "'a.txt' was not changed: edits[1].old_string was not"
                                                    + " found; read the file again and copy the text"
                                                    + " exactly");
                            assertThat(result.effect()).isEqualTo(Effect.UNTOUCHED);
                        });
        var edits =
                "[{\"old_string\":\"one\",\"new_string\":\"1\"},{\"old_string\":\"three\",\"new_string\":\"3\"}]";
        var input = JsonNodeFactory.instance.objectNode().put("path", "a.txt").put("edits", edits);
        assertThat(bench.call("edit_file", input).answer().text())
                .isEqualTo(
                        """
                        Edited a.txt: 2 places (lines 1, 3)
                        @@ -1,3 +1,3 @@
                        -one
                        +1
                         two
                        -three
                        +3
                        """);
        assertThat(bench.content("a.txt")).isEqualTo("1\r\ntwo\r\n3\r\n");
    }

    @Test
    void a_loose_match_is_said() throws Exception {
        bench.put("a.py", "if x:\n    a()\n    b()\n");
        assertThat(
                        bench.answer(
                                "edit_file",
                                "{'path':'a.py','old_string':'a()\\nb()','new_string':'a()\\nc()'}"))
                .isEqualTo(
                        """
                        Edited a.py: 1 place (line 2)
                        Note: old_string was matched without regard to indentation; new lines were indented as in the file.
                        @@ -1,3 +1,3 @@
                         if x:
                             a()
                        -    b()
                        +    c()
                        """);
    }

    @Test
    void an_edit_needs_one_form_and_all_of_it() throws Exception {
        bench.put("a.txt", "one\n");
        refuses("edit_file", "{'path':'a.txt'}", "give either old_string and new_string, or edits");
        refuses(
                "edit_file",
                "{'path':'a.txt','old_string':'one'}",
                "old_string and new_string belong together: one of them is missing");
        refuses(
                "edit_file",
                "{'path':'a.txt','old_string':'one','new_string':'1','edits':[{'old_string':'a','new_string':'b'}]}",
                "give either old_string and new_string, or edits");
        refuses(
                "edit_file",
                "{'path':'a.txt','replace_all':true,'edits':[{'old_string':'a','new_string':'b'}]}",
                "replace_all belongs into each of the edits");
        refuses(
                "edit_file",
                "{'path':'b.txt','old_string':'','new_string':'1'}",
                "There is no file 'b.txt'. Did you mean 'a.txt'?");
    }

    @Test
    void the_bytes_of_a_file_in_another_encoding_stay() throws Exception {
        bench.put("latin.txt", "gr\u00fc\u00dfe\nold\n".getBytes(StandardCharsets.ISO_8859_1));
        bench.answer("edit_file", "{'path':'latin.txt','old_string':'old','new_string':'new'}");
        assertThat(Files.readAllBytes(bench.path("latin.txt")))
                .isEqualTo("gr\u00fc\u00dfe\nnew\n".getBytes(StandardCharsets.ISO_8859_1));
    }
}
