package dev.safecoder.tool;

import com.google.re2j.Pattern;
import java.util.Optional;

/** A glob as a regular expression. */
final class Translation {
    private final String glob;
    private final StringBuilder expression = new StringBuilder();
    private int at;
    private int openBraces;
    private Optional<String> wrong = Optional.empty();

    Translation(String glob) {
        this.glob = glob;
        while (at < glob.length() && wrong.isEmpty()) {
            next();
        }
        if (openBraces > 0) {
            wrong = Optional.of("a '{' is not closed");
        }
    }

    String expression() {
        return "(?s)" + expression;
    }

    /** Why there is no expression. */
    Optional<String> wrong() {
        return wrong;
    }

    private void next() {
        char one = glob.charAt(at++);
        switch (one) {
            case '*' -> stars();
            case '?' -> expression.append("[^/]");
            case '[' -> set();
            case '{' -> {
                openBraces++;
                expression.append("(?:");
            }
            case '}' -> {
                if (openBraces > 0) {
                    openBraces--;
                    expression.append(')');
                } else {
                    literal(one);
                }
            }
            case ',' -> {
                if (openBraces > 0) {
                    expression.append('|');
                } else {
                    literal(one);
                }
            }
            case '\\' -> {
                if (at == glob.length()) {
                    wrong = Optional.of("it ends with a backslash");
                } else {
                    literal(glob.charAt(at++));
                }
            }
            default -> literal(one);
        }
    }

    private void literal(char one) {
        expression.append(Pattern.quote(String.valueOf(one)));
    }

    /** {@code **} is folders only as a whole name; elsewhere it is {@code *}. */
    private void stars() {
        int start = at - 1;
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        boolean whole =
                at - start == 2
                        && (start == 0 || glob.charAt(start - 1) == '/')
                        && (at == glob.length() || glob.charAt(at) == '/');
        if (!whole) {
            expression.append("[^/]*");
        } else if (at == glob.length()) {
            expression.append(".*");
        } else {
            at++;
            expression.append("(?:.*/)?");
        }
    }

    private void set() {
        int end = glob.indexOf(']', Math.min(at + (isNegated() ? 2 : 1), glob.length()));
        if (end < 0) {
            wrong = Optional.of("a '[' is not closed");
            return;
        }
        boolean negated = isNegated();
        var members = glob.substring(negated ? at + 1 : at, end);
        if (members.indexOf('/') >= 0) {
            wrong = Optional.of("a '[...]' holds a '/'");
            return;
        }
        var escaped = members.replaceAll("([\\[\\]\\\\^&~])", "\\\\$1");
        expression.append(negated ? "[^/" : "[").append(escaped).append(']');
        at = end + 1;
    }

    private boolean isNegated() {
        return at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
    }
}
