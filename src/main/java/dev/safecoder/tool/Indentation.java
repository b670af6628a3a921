package dev.safecoder.tool;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a model's indentation becomes a file's: learned from lines that both have. */
final class Indentation {
    private final Map<String, String> known = new HashMap<>();

    private Indentation() {}

    /**
     * Learns from the model's lines and the file's lines that follow each other from {@code start};
     * empty when one indentation of the model's stands for several of the file's.
     */
    static Optional<Indentation> learn(LineText model, LineText file, int start) {
        var learned = new Indentation();
        for (int line = 0; line < model.count(); line++) {
            var written = model.content(line);
            var there = file.content(start + line);
            boolean blank = Closeness.INDENTATION.normal(written).isEmpty();
            if (!blank && !learned.learns(indent(written), indent(there))) {
                return Optional.empty();
            }
        }
        return Optional.of(learned);
    }

    private boolean learns(String model, String file) {
        var before = known.putIfAbsent(model, file);
        return before == null || before.equals(file);
    }

    private static String indent(String line) {
        return line.substring(0, Closeness.indentEnd(line));
    }

    /**
     * The line with its indentation as the file would have it; what goes deeper than all that is
     * known keeps its rest, what is shallower stays.
     */
    String apply(String line) {
        boolean blank = Closeness.INDENTATION.normal(line).isEmpty();
        if (blank) {
            return line;
        }
        for (int end = Closeness.indentEnd(line); end >= 0; end--) {
            var file = known.get(line.substring(0, end));
            if (file != null) {
                return file + line.substring(end);
            }
        }
        return line;
    }
}
