package dev.safecoder;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which package stands on which floor, and what that forbids (ARCHITECTURE.md draws the same). */
final class Floors {
    static final String ROOT = "dev.safecoder.";

    private static final Pattern USE =
            Pattern.compile("^\\s+(dev\\.safecoder\\.\\S+)\\s+->\\s+(dev\\.safecoder\\.\\S+)\\s");

    /** From the ground up; packages on one floor are strangers to each other. */
    static final List<Set<String>> ALL =
            List.of(
                    Set.of("fault", "process", "text", "path"),
                    Set.of("guest", "model", "change"),
                    Set.of("history", "sandbox", "review", "model.remote"),
                    Set.of(
                            "sandbox.container",
                            "sandbox.bubblewrap",
                            "sandbox.microvm",
                            "model.anthropic",
                            "model.openai",
                            "model.ollama",
                            "model.script",
                            "apply",
                            "tool",
                            "workspace"),
                    Set.of("session", "tool.mcp", "egress", "configuration"),
                    Set.of("app"),
                    Set.of("tui", "mcp", "acp"),
                    Set.of("cli"));

    /** One class that mentions another, by their full names. */
    record Use(String user, String used) {
        boolean staysInside() {
            return packageOf(user).equals(packageOf(used));
        }
    }

    private Floors() {}

    /** What breaks the rules, one line each; empty when all is well. */
    static List<String> violations(List<Use> uses) {
        return uses.stream()
                .filter(use -> !use.staysInside())
                .flatMap(use -> violation(use).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> violation(Use use) {
        var from = floor(packageOf(use.user()));
        var to = floor(packageOf(use.used()));
        if (from.isEmpty() || to.isEmpty() || to.get() < from.get()) {
            return Optional.empty(); // packages without a floor are found by homeless
        }
        return Optional.of(
                "%s (floor %d) uses %s (floor %d): a package may use lower floors only"
                        .formatted(use.user(), from.get(), use.used(), to.get()));
    }

    /** Those of the packages that stand on no floor. */
    static List<String> homeless(Set<String> packages) {
        return packages.stream()
                .filter(name -> floor(name).isEmpty())
                .sorted()
                .map(
                        name ->
                                "package %s stands on no floor: put it on one in Floors.java and"
                                                .formatted(name)
                                        + " ARCHITECTURE.md, or move its classes")
                .toList();
    }

    /**
     * Reads what {@code jdeps -verbose:class} prints: a line {@code A -> B archive} for each use.
     */
    static List<Use> parse(List<String> jdeps) {
        return jdeps.stream()
                .map(line -> USE.matcher(line))
                .filter(Matcher::find)
                .map(found -> new Use(found.group(1), found.group(2)))
                .toList();
    }

    private static Optional<Integer> floor(String fullPackage) {
        if (!fullPackage.startsWith(ROOT)) {
            return Optional.empty();
        }
        var name = fullPackage.substring(ROOT.length());
        for (int floor = 0; floor < ALL.size(); floor++) {
            if (ALL.get(floor).contains(name)) {
                return Optional.of(floor);
            }
        }
        return Optional.empty();
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
