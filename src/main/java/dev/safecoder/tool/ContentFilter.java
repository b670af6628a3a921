package dev.safecoder.tool;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Guest;
import dev.safecoder.tool.RequiredLiteral.Letters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the sandbox's own grep which files hold a plain text, so that only those need to be read.
 * Where there is no grep, or it does not answer as it should, every file may hold it.
 */
final class ContentFilter {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final Map<String, String> BYTEWISE = Map.of("LC_ALL", "C");
    private static final String HERE = "./"; // or a file named "-" would be standard input

    private final Guest guest;
    private final Programs programs;
    private final LinePattern pattern;

    ContentFilter(Guest guest, Programs programs, LinePattern pattern) {
        this.guest = guest;
        this.programs = programs;
        this.pattern = pattern;
    }

    /** Those of the files, in their order, that may hold a match. */
    List<TreeWalk.Step> filter(List<TreeWalk.Step> files) throws InterruptedException {
        var program = programs.find("grep");
        if (pattern.literal().isEmpty() || program.isEmpty()) {
            return files;
        }
        var arguments = new ArrayList<>(List.of(program.get(), "-l", "-s", "-F"));
        if (pattern.letters() == Letters.ANY_CASE) {
            arguments.add("-i");
        }
        arguments.addAll(List.of("-e", pattern.literal().get(), "--"));
        files.stream().filter(ContentFilter::canBeAsked).forEach(file -> arguments.add(name(file)));
        var names = new Names(arguments.stream().mapToInt(String::length).sum() * 4);
        var end = guest.run(Command.of(arguments, BYTEWISE, ".").within(LONG_ENOUGH), names);
        boolean answered = end instanceof CommandEnd.Exited(var code, _) && code <= 1;
        if (!answered) {
            return files;
        }
        var holding = names.lines();
        return files.stream()
                .filter(file -> !canBeAsked(file) || holding.contains(name(file)))
                .toList();
    }

    /** A name that is one line of UTF-8; others are read in any case. */
    private static boolean canBeAsked(TreeWalk.Step file) {
        return !file.shown().startsWith("\"");
    }

    private static String name(TreeWalk.Step file) {
        var path = file.after(0);
        return path.startsWith("/") ? path : HERE + path;
    }

    /** The lines that grep writes, as many bytes as the names it was given can have. */
    private static final class Names implements CommandOutput {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;

        Names(int most) {
            this.most = most;
        }

        @Override
        public synchronized void out(byte[] piece) {
            bytes.write(piece, 0, Math.min(piece.length, most - bytes.size()));
        }

        @Override
        public void err(byte[] piece) {}

        synchronized Set<String> lines() {
            return new HashSet<>(bytes.toString(StandardCharsets.UTF_8).lines().toList());
        }
    }
}
