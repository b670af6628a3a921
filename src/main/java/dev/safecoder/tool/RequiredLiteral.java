package dev.safecoder.tool;

import java.util.Optional;

/**
 * Finds a piece of plain text that every match of a regular expression (RE2) contains. Knows only
 * the simple cases and says nothing in all others: it only spares reading files.
 */
final class RequiredLiteral {
    private static final int SHORTEST = 2;

    private final String expression;
    private final Letters letters;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int at;

    private RequiredLiteral(String expression, Letters letters) {
        this.expression = expression;
        this.letters = letters;
    }

    /** How the expression takes letters. */
    enum Letters {
        EXACT,
        ANY_CASE
    }

    static Optional<String> of(String expression, Letters letters) {
        var search = new RequiredLiteral(expression, letters);
        while (search.at < expression.length()) {
            if (!search.next()) {
                return Optional.empty();
            }
        }
        search.endRun();
        return search.longest.length() < SHORTEST ? Optional.empty() : Optional.of(search.longest);
    }

    /** Takes one element; false when nothing can be said of the whole expression. */
    private boolean next() {
        char one = expression.charAt(at++);
        switch (one) {
            case '|' -> {
                return false;
            }
            case '\\' -> {
                return escape();
            }
            case '(' -> {
                return group();
            }
            case '[' -> {
                endRun();
                skipSet();
            }
            case '*', '?', '{' -> {
                dropLast();
                endRun();
                skipCount(one);
            }
            case '+', '.', '^', '$', ')' -> endRun();
            default -> plain(one);
        }
        return true;
    }

    private void plain(char one) {
        boolean certain =
                !Character.isSurrogate(one)
                        && one >= ' '
                        && (letters == Letters.EXACT || one < 0x80);
        if (certain) {
            run.append(one);
        } else {
            endRun();
        }
    }

    private boolean escape() {
        if (at == expression.length()) {
            return false;
        }
        char escaped = expression.charAt(at++);
        if (Character.isDigit(escaped) || "QExpPC".indexOf(escaped) >= 0) {
            return false;
        }
        if (Character.isLetter(escaped)) {
            endRun();
        } else {
            plain(escaped);
        }
        return true;
    }

    /** What is in a group may be optional or one of several: it is passed over. */
    private boolean group() {
        endRun();
        boolean plainGroup = !expression.startsWith("?", at) || expression.startsWith("?:", at);
        int depth = 1;
        while (plainGroup && depth > 0 && at < expression.length()) {
            char one = expression.charAt(at++);
            switch (one) {
                case '\\' -> at++;
                case '[' -> skipSet();
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
        }
        return plainGroup && depth == 0;
    }

    private void skipSet() {
        int start = at;
        if (expression.startsWith("^", at)) {
            at++;
        }
        if (expression.startsWith("]", at)) {
            at++;
        }
        while (at < expression.length() && expression.charAt(at) != ']') {
            if (expression.startsWith("[:", at) && expression.indexOf(":]", at) > start) {
                at = expression.indexOf(":]", at) + 2;
            } else {
                at += expression.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
    }

    private void skipCount(char quantifier) {
        int end = quantifier == '{' ? expression.indexOf('}', at) : -1;
        if (end >= 0) {
            at = end + 1;
        }
    }

    private void dropLast() {
        if (!run.isEmpty()) {
            run.deleteCharAt(run.length() - 1);
        }
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }
}
