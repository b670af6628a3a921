package dev.safecoder.cli;

import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.ChangeStat;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.Patch;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.text.TerminalEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A change set in git's format: exact bytes for a program, encoded and coloured for a person. */
final class DiffPrinter {
    private static final int MOST_SHOWN = 4_096;
    private static final int WIDTH = 80;

    private final Console console;

    DiffPrinter(Console console) {
        this.console = console;
    }

    void print(ChangeSet changes) throws IOException {
        if (console.isTerminal()) {
            try (var lines = new ShownLines()) {
                Patch.write(changes, lines);
            }
        } else {
            Patch.write(changes, console.bytes());
            console.bytes().flush();
        }
    }

    /** One hunk, or a part of one, for a person. */
    void print(TextChange text, Hunk hunk) throws IOException {
        try (var lines = new ShownLines()) {
            Patch.write(text, hunk, lines);
        }
    }

    void printNames(ChangeSet changes) {
        console.resultText(ChangeStat.names(changes, DiffPrinter::shown));
    }

    void printStat(ChangeSet changes) {
        console.resultText(ChangeStat.graph(changes, DiffPrinter::shown, WIDTH));
    }

    /** A line's bytes as text, cut where it is too long. */
    static String shownLine(byte[] line) {
        int length = Math.min(line.length, MOST_SHOWN);
        return new String(line, 0, length, StandardCharsets.UTF_8).strip();
    }

    private static String shown(RelativePath path) {
        return TerminalEncoder.line(PathText.shown(path.bytes()));
    }

    /** Bytes that are shown line by line; what is too long for a line is cut, and says so. */
    private final class ShownLines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private int leftOut;

        @Override
        public void write(int one) {
            if (one == '\n') {
                show();
            } else if (line.size() < MOST_SHOWN) {
                line.write(one);
            } else {
                leftOut++;
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int at = from; at < from + length; at++) {
                write(bytes[at]);
            }
        }

        private void show() {
            var text = line.toString(StandardCharsets.UTF_8);
            console.diffLine(leftOut == 0 ? text : text + " … and %d bytes".formatted(leftOut));
            line.reset();
            leftOut = 0;
        }

        @Override
        public void close() {
            if (line.size() > 0) {
                show();
            }
        }
    }
}
