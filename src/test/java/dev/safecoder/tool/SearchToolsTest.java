package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.model.ToolAnswer.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchToolsTest {
    private Workbench bench;

    @BeforeEach
    void open(@TempDir Path temp) throws Exception {
        bench = Workbench.in(temp);
        bench.put("a.txt", "alpha\nBeta one\r\n");
        bench.put("src/b.py", "beta two\nprint(1)\n");
        bench.put("src/deep/c.py", "x\n\nbeta three");
        bench.put("node_modules/m/index.js", "beta hidden\n");
        bench.put(".git/config", "beta secret\n");
        bench.put("x.bin", new byte[] {'b', 'e', 't', 'a', 0});
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "{'pattern':'beta'} > src/b.py:1: beta two;src/deep/c.py:3: beta three;(2 lines. Not entered: .git, node_modules. Give one as path to look into it.)",
                "{'pattern':'beta','ignore_case':true,'limit':2} > a.txt:2: Beta one;src/b.py:1: beta two;(2 lines shown. There are more: narrow the search. Not entered: .git, node_modules. Give one as path to look into it.)",
                "{'pattern':'[Bb]eta (one|two)$'} > a.txt:2: Beta one;src/b.py:1: beta two;(2 lines. Not entered: .git, node_modules. Give one as path to look into it.)",
                "{'pattern':'beta','path':'node_modules'} > node_modules/m/index.js:1: beta hidden;(1 line.)",
                "{'pattern':'beta','path':'src','glob':'deep/*.py'} > src/deep/c.py:3: beta three;(1 line.)",
                "{'pattern':'beta','path':'src/b.py'} > src/b.py:1: beta two;(1 line.)",
                "{'pattern':'print\\\\(\\\\d\\\\)','glob':'*.py'} > src/b.py:2: print(1);(1 line. Not entered: .git, node_modules. Give one as path to look into it.)",
                "{'pattern':'nothing','path':'src'} > (No lines.)",
                "{'pattern':'-e','path':'src'} > (No lines.)",
            })
    void lines_are_found(String input, String answer) throws Exception {
        assertThat(bench.answer("grep", input)).isEqualTo(answer.replace(';', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "grep > {'pattern':'('} > the pattern '(' cannot be used: missing closing ) (the syntax is RE2: no look-around, no back references)",
                "grep > {'pattern':'(?=a)'} > the pattern '(?=a)' cannot be used: invalid or unsupported Perl syntax (the syntax is RE2: no look-around, no back references)",
                "grep > {'pattern':'((x{1000}){1000}){1000}'} > the pattern '((x{1000}){1000}){1000}' cannot be used: it is too large",
                "grep > {'pattern':''} > the pattern '' cannot be used: it is empty",
                "grep > {'pattern':'x','glob':'['} > the pattern '[' cannot be used: a '[' is not closed",
                "grep > {'pattern':'x','path':'none'} > There is no file 'none'",
                "glob > {'pattern':'/etc/*'} > the pattern '/etc/*' cannot be used: it begins with '/'; give the folder as path",
                "glob > {'pattern':'*','path':'none'} > 'none' cannot be looked into: no such file or folder",
                "list_files > {'path':'none'} > 'none' cannot be looked into: no such file or folder",
                "grep > {'pattern':'x','path':'link'} > 'link' cannot be looked into: it is no folder, or behind a link, which is not followed here; use bash",
                "grep > {'pattern':'x','path':'/dev/null'} > '/dev/null' cannot be looked into: it is no folder, or behind a link, which is not followed here; use bash",
                "list_files > {'path':'a.txt'} > 'a.txt' cannot be looked into: it is no folder, or behind a link, which is not followed here; use bash",
            })
    void a_search_that_cannot_be_made_is_answered(String tool, String input, String reason)
            throws Exception {
        bench.bash("ln -s src link");
        var result = bench.call(tool, input);
        assertThat(result.answer().text()).isEqualTo(reason);
        assertThat(result.answer().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.readOnly()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "{'pattern':'*.py'} > src/b.py;src/deep/c.py;(2 files. Not entered: .git, node_modules. Give one as path to look into it.)",
                "{'pattern':'src/*.py'} > src/b.py;(1 file.)",
                "{'pattern':'deep/*','path':'src'} > src/deep/c.py;(1 file.)",
                "{'pattern':'node_modules/**/*.js'} > node_modules/m/index.js;(1 file.)",
                "{'pattern':'none/*.js'} > (No files.)",
                "{'pattern':'*','limit':1} > a.txt;(1 file shown. There are more: narrow the search. Not entered: .git, node_modules. Give one as path to look into it.)",
            })
    void files_are_found(String input, String answer) throws Exception {
        assertThat(bench.answer("glob", input)).isEqualTo(answer.replace(';', '\n'));
    }

    @Test
    void a_folder_is_listed_to_a_depth() throws Exception {
        bench.call("bash", "{'command':'ln -s a.txt link; mkfifo pipe'}");
        assertThat(bench.answer("list_files", "{}"))
                .isEqualTo(
                        """
                        .git/
                        a.txt
                        link (link)
                        node_modules/
                        pipe (pipe)
                        src/
                        src/b.py
                        src/deep/
                        x.bin
                        (9 entries. Not entered: .git, node_modules. Give one as path to look into it.)""");
        assertThat(bench.answer("list_files", "{'path':'/workspace/src','depth':3,'limit':2}"))
                .isEqualTo(
                        "src/b.py\nsrc/deep/\n(2 entries shown. There are more: narrow the"
                                + " search.)");
    }

    @Test
    void hostile_names_stay_on_their_lines_and_are_searched() throws Exception {
        bench.bash(
                """
                mkdir odd && cd odd
                for name in - -rf "$(printf 'a\\001b')" "$(printf '\\377')" "$(printf 'x\\ny')"; do
                    printf beta > "./$name"
                done""");
        assertThat(bench.answer("grep", "{'pattern':'beta','path':'odd'}"))
                .isEqualTo(
                        """
                        odd/-:1: beta
                        odd/-rf:1: beta
                        "odd/a\\001b":1: beta
                        "odd/x\\ny":1: beta
                        "odd/\\377":1: beta
                        (5 lines.)""");
    }

    @Test
    void a_long_line_is_cut_around_its_match() throws Exception {
        bench.put("min/a.js", "x".repeat(5_000) + "needle" + "y".repeat(5_000));
        assertThat(bench.answer("grep", "{'pattern':'needle','path':'min'}"))
                .isEqualTo(
                        "min/a.js:1: …%sneedle%s…\n(1 line.)"
                                .formatted("x".repeat(100), "y".repeat(393)));
    }

    @Test
    void what_is_too_large_to_search_is_said() throws Exception {
        bench.bash(
                """
                mkdir large; cd large; line=$(printf %0500d 0)
                for i in 1 2 3 4 5 6 7 8 9 10; do yes $line | head -c 8000000 > $i; done
                yes $line | head -c 9000000 > 0""");
        assertThat(bench.answer("grep", "{'pattern':'(n)o','path':'large'}"))
                .isEqualTo(
                        "(No lines. Passed over for their size: 1 of over 8 MiB. The search ended"
                                + " after 68 MiB. Give a folder as path.)");
        assertThat(bench.answer("grep", "{'pattern':'no','path':'large'}"))
                .isEqualTo("(No lines. Passed over for their size: 1 of over 8 MiB.)");
    }

    @Test
    void a_file_that_cannot_be_read_is_said() throws Exception {
        var search =
                new LineSearch(
                        bench.guest(),
                        ((LinePattern.Parsed.Valid)
                                        LinePattern.parse("beta", RequiredLiteral.Letters.EXACT))
                                .pattern(),
                        new Findings(Noun.LINE, 10));
        search.file("gone/4".getBytes(StandardCharsets.UTF_8));
        assertThat(search.notes()).containsExactly("Could not be read: 1 file.");
    }
}
