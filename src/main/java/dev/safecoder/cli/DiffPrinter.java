package dev.safecoder.cli;

import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.ChangeStat;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.Patch;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.text.ShownLines;
import dev.safecoder.text.TerminalEncoder;
import java.io.IOException;
import java.util.regex.Pattern;

/** A change set in git's format: exact bytes for a program, encoded and coloured for a person. */
final class DiffPrinter {
    private static final int WIDTH = 80;

    /**
     * In a file's head; lines of its content begin with another sign. A person needs ten digits.
     */
    private static final Pattern IDS =
            Pattern.compile("^index ([0-9a-f]{10})[0-9a-f]{30}\\.\\.([0-9a-f]{10})[0-9a-f]{30}");

    private final Console console;

    DiffPrinter(Console console) {
        this.console = console;
    }

    void print(ChangeSet changes) throws IOException {
        if (console.isTerminal()) {
            try (var lines = new ShownLines(this::show)) {
                Patch.write(changes, lines);
            }
        } else {
            Patch.write(changes, console.bytes());
            console.bytes().flush();
        }
    }

    private void show(String line) {
        console.diffLine(IDS.matcher(line).replaceFirst("index $1..$2"));
    }

    /** One hunk, or a part of one, for a person. */
    void print(TextChange text, Hunk hunk) throws IOException {
        try (var lines = new ShownLines(console::diffLine)) {
            Patch.write(text, hunk, lines);
        }
    }

    void printNames(ChangeSet changes) {
        console.resultText(ChangeStat.names(changes, DiffPrinter::shown));
    }

    void printStat(ChangeSet changes) {
        console.resultText(ChangeStat.graph(changes, DiffPrinter::shown, WIDTH));
    }

    private static String shown(RelativePath path) {
        return TerminalEncoder.line(path.shown());
    }
}
