package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static Glob glob(String pattern) {
        return switch (Glob.parse(pattern)) {
            case Glob.Parsed.Valid(var glob) -> glob;
            case Glob.Parsed.Invalid(var reason) -> throw new AssertionError(reason);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.py | a.py src/b.py src/deep/c.py .py | a.pyc py",
                "src/*.py | src/a.py | a.py src/x/a.py lib/src/a.py",
                "src/**/*.py | src/a.py src/x/a.py src/x/y/a.py | a.py srca.py",
                "**/*.py | a.py x/a.py | a.pyx",
                "**/test/** | test/a x/test/a/b | test x/test",
                "src/** | src/a src/x/b | src lib/src/a",
                "a**b | ab axxb | a/b",
                "?.c | a.c ä.c x/b.c | ab.c .c",
                "[a-c].c | a.c c.c | d.c",
                "[!a-c].c | d.c | a.c",
                "[^a].c | b.c | a.c",
                "[]x].c | ].c x.c | a.c",
                "*.{ts,tsx} | a.ts x/a.tsx | a.js a.{ts,tsx}",
                "{src,test}/**/*.j{ava,s} | src/A.java test/x/a.js | lib/a.js",
                "a.b | a.b | axb",
                "(x)+$ | (x)+$ | xx",
                "\\*.c | *.c | a.c",
                "./*.md/x | a.md/x | b/a.md/x",
                "a,b}c | a,b}c | a",
            })
    void a_pattern_matches_these_and_not_those(String pattern, String these, String those) {
        var glob = glob(pattern);
        assertThat(these.split(" ")).allMatch(glob::matches);
        assertThat(those.split(" ")).noneMatch(glob::matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/etc/* | it begins with '/'; give the folder as path",
                "../* | it holds '..'; give the folder as path",
                "[a | a '[' is not closed",
                "[a/b] | a '[...]' holds a '/'",
                "{a,b | a '{' is not closed",
                "a\\ | it ends with a backslash",
                "[z-a] | invalid character class range",
            })
    void a_wrong_pattern_is_named(String pattern, String reason) {
        assertThat(Glob.parse(pattern))
                .isEqualTo(
                        new Glob.Parsed.Invalid(
                                "the pattern '%s' cannot be used: %s".formatted(pattern, reason)));
    }

    @Test
    void folders_without_a_wildcard_are_where_the_search_begins() {
        assertThat(glob("src/main/**/*.java").folder()).isEqualTo(List.of("src", "main"));
        assertThat(glob("*.java").folder()).isEqualTo(List.of());
        assertThat(glob("src/x").folder()).isEqualTo(List.of("src"));
    }

    @Test
    void a_pattern_made_to_take_for_ever_does_not() {
        var slow = glob("*a".repeat(40) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(2), () -> assertThat(slow.matches("a".repeat(4_000))).isFalse());
    }
}
