package dev.safecoder.cli;

import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.text.TerminalEncoder;
import dev.safecoder.tui.ReviewPalette;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where the program speaks: results on standard output, everything for people on standard error.
 * Whatever is said goes through the terminal encoder first; there is no way around it here but
 * {@link #bytes}, for output that another program reads.
 */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean coloured;

    /** How a line for people is meant. */
    enum Tone {
        PLAIN(""),
        QUIET("2"),
        STRONG("1"),
        GOOD("32"),
        WARNING("33"),
        BAD("31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    Console(PrintStream out, PrintStream err, boolean terminal, boolean coloured) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.coloured = coloured;
    }

    /** The process's own streams; colours only where a terminal shows them and nobody objects. */
    static Console ofProcess(Map<String, String> environment) {
        var console = System.console();
        boolean terminal = console != null && console.isTerminal();
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Console(System.out, System.err, terminal, terminal && !plain);
    }

    /** Whether a person sits before standard input and output. */
    boolean isTerminal() {
        return terminal;
    }

    /** Whether colours are shown. */
    boolean isColoured() {
        return coloured;
    }

    /** How a review looks here. */
    ReviewPalette reviewPalette() {
        return coloured ? ReviewPalette.COLOURED : ReviewPalette.PLAIN;
    }

    /** One line of the result. */
    void result(String line) {
        out.println(TerminalEncoder.line(line));
    }

    /** Several lines of the result. */
    void resultBlock(String text) {
        out.println(TerminalEncoder.block(text));
    }

    /** Text of the result, as far as it goes. */
    void resultText(String text) {
        out.print(TerminalEncoder.block(text));
        out.flush();
    }

    /**
     * The result as bytes for another program, or for a terminal that the user handed to a command.
     */
    PrintStream bytes() {
        return out;
    }

    /** One line for people. */
    void say(String line) {
        say(Tone.PLAIN, line);
    }

    /** One line for people, coloured where colours are shown. */
    void say(Tone tone, String line) {
        err.println(dressed(tone, TerminalEncoder.line(line)));
    }

    /** Part of a line for people. */
    void sayPart(String text) {
        err.print(TerminalEncoder.block(text));
        err.flush();
    }

    /** A question, without an end of the line. */
    void ask(String question) {
        err.print(dressed(Tone.STRONG, TerminalEncoder.line(question)) + " ");
        err.flush();
    }

    /** Lines of a diff: added green, deleted red, places quiet. */
    void diffLine(String line) {
        var tone =
                switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                    case '+' -> Tone.GOOD;
                    case '-' -> Tone.BAD;
                    case '@' -> Tone.QUIET;
                    default -> line.startsWith("diff --git") ? Tone.STRONG : Tone.PLAIN;
                };
        out.println(dressed(tone, TerminalEncoder.block(line)));
    }

    /** A failure of the environment: what happened, then what to do. */
    void failure(SafeCoderException failure) {
        say(Tone.BAD, "safe-coder: " + failure.problem());
        say("Try: " + failure.remedy());
    }

    private String dressed(Tone tone, String encoded) {
        return coloured && tone != Tone.PLAIN
                ? "\u001b[%sm%s\u001b[0m".formatted(tone.code, encoded)
                : encoded;
    }
}
