package dev.safecoder.tui;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Colours for code of whatever language, by what most of them share: strings, comments, numbers and
 * the common words. A line by itself; a string over several lines is not followed.
 */
final class CodeColours {
    private static final AttributedStyle STRING = AttributedStyle.DEFAULT.foreground(2);
    private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.faint();
    private static final AttributedStyle NUMBER = AttributedStyle.DEFAULT.foreground(6);
    private static final AttributedStyle WORD = AttributedStyle.DEFAULT.foreground(5);
    private static final AttributedStyle ADDED = AttributedStyle.DEFAULT.foreground(2);
    private static final AttributedStyle DELETED = AttributedStyle.DEFAULT.foreground(1);

    private static final Set<String> WORDS =
            Set.of(
                    ("abstract as assert async await break case catch class const continue def do"
                                    + " elif else enum export extends false finally fn for from func"
                                    + " function if impl implements import in interface is lambda let"
                                    + " loop match mod module mut new nil none not null or package pass"
                                    + " private protected pub public raise record return self static"
                                    + " struct super switch this throw throws trait true try type use"
                                    + " using val var void while with yield None True False")
                            .split(" "));
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<string>\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'|`[^`]*+`)"
                            + "|(?<comment>//.*|(?<=^|\\s)#.*|/\\*.*?\\*/|(?<=^|\\s)--\\s.*)"
                            + "|(?<number>\\b\\d[\\w.]*+\\b)"
                            + "|(?<word>\\b[A-Za-z_]\\w*+\\b)");

    private CodeColours() {}

    /** A line of a fenced block of this language, which may be empty. */
    static AttributedString of(String line, String language) {
        if (language.equals("diff") || language.equals("patch")) {
            return new AttributedString(line, ofDiff(line));
        }
        var coloured = new AttributedStringBuilder();
        var tokens = TOKEN.matcher(line);
        int done = 0;
        while (tokens.find()) {
            coloured.append(line.substring(done, tokens.start()));
            coloured.append(tokens.group(), style(tokens));
            done = tokens.end();
        }
        return coloured.append(line.substring(done)).toAttributedString();
    }

    private static AttributedStyle ofDiff(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> ADDED;
            case '-' -> DELETED;
            case '@' -> COMMENT;
            default -> AttributedStyle.DEFAULT;
        };
    }

    private static AttributedStyle style(Matcher token) {
        if (token.group("string") != null) {
            return STRING;
        }
        if (token.group("comment") != null) {
            return COMMENT;
        }
        if (token.group("number") != null) {
            return NUMBER;
        }
        return WORDS.contains(token.group()) ? WORD : AttributedStyle.DEFAULT;
    }
}
