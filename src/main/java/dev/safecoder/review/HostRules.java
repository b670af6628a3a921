package dev.safecoder.review;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows the files that run on the host by themselves; the table is a resource, for reading. */
final class HostRules {
    private static final String TABLE = "runs-on-host.txt";
    private static final Pattern ANY_LINE = Pattern.compile("");
    private static final Pattern NO_PATH = Pattern.compile("(?!)");
    private static final List<Rule> RULES = read();

    /**
     * One reason with the files that it holds for.
     *
     * @param telling what is found in lines that say what will run
     */
    record Rule(String reason, Pattern telling, Pattern paths) {}

    private HostRules() {}

    /** The first rule that a path falls under. */
    static Optional<Rule> find(RelativePath path) {
        var folded = PathPattern.fold(path);
        return RULES.stream().filter(rule -> rule.paths().matcher(folded).matches()).findFirst();
    }

    private static List<Rule> read() {
        try (InputStream table = HostRules.class.getResourceAsStream(TABLE)) {
            var bytes = Objects.requireNonNull(table, TABLE).readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A reason, then indented {@code ? regular expression} or patterns between spaces. */
    static List<Rule> parse(String table) {
        var rules = new ArrayList<Rule>();
        for (var line : table.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                rules.add(new Rule(line, ANY_LINE, NO_PATH));
            } else {
                rules.add(with(rules.removeLast(), line.strip()));
            }
        }
        return List.copyOf(rules);
    }

    private static Rule with(Rule rule, String line) {
        if (line.startsWith("? ")) {
            var telling = Pattern.compile(line.substring(2), Pattern.CASE_INSENSITIVE);
            return new Rule(rule.reason(), telling, rule.paths());
        }
        var paths = new ArrayList<>(List.of(rule.paths().pattern()));
        for (var path : line.split(" +")) {
            paths.add(PathPattern.regex(path));
        }
        var any = Pattern.compile(String.join("|", paths), Pattern.DOTALL);
        return new Rule(rule.reason(), rule.telling(), any);
    }
}
