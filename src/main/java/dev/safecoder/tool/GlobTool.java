package dev.safecoder.tool;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.TreeWalk.Started;
import dev.safecoder.tool.TreeWalk.Step;
import java.util.List;

/** Finds files by their names. */
final class GlobTool implements Tool {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private static final ToolSpec SPEC =
            ToolSpec.reading(
                    "glob",
                    "Finds files by a pattern of their paths: *, ?, [a-z], {a,b}, and ** for any"
                            + " folders. A pattern without a slash finds names at any depth. Does"
                            + " not enter .git, node_modules and the like.",
                    Field.required("pattern", new Kind.Text(), "Such as src/**/*.java"),
                    Field.optional(
                            "path",
                            new Kind.Path(),
                            "The folder to which the pattern is relative, /workspace when left out"),
                    Field.optional(
                            "limit",
                            new Kind.Whole(1, MOST),
                            "How many files at most, 100 when left out"));

    private final Guest guest;

    GlobTool(Guest guest) {
        this.guest = guest;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean onlyLooks() {
        return true;
    }

    @Override
    public Said run(Arguments arguments) throws InterruptedException {
        return switch (Glob.parse(arguments.text("pattern"))) {
            case Glob.Parsed.Invalid(var reason) -> refuse(reason);
            case Glob.Parsed.Valid(var glob) -> find(glob, arguments);
        };
    }

    private Said find(Glob glob, Arguments arguments) throws InterruptedException {
        var path = arguments.path("path");
        var top = path.resolve(glob.folder());
        var found = new Findings(Noun.FILE, arguments.number("limit", USUAL));
        var summary = "Find %s in %s".formatted(arguments.text("pattern"), path.shown());
        return switch (TreeWalk.start(guest, top, Integer.MAX_VALUE)) {
            case Started.Refused _ when !glob.folder().isEmpty() -> found.said(summary, List.of());
            case Started.Refused(var reason) -> refuse(reason);
            case Started.Walking(var walk) -> {
                int skipped = path.prefix().length;
                for (var step = walk.next(); step.isPresent(); step = walk.next()) {
                    boolean matches = isFile(step.get()) && glob.matches(step.get().after(skipped));
                    if (matches && !found.add(step.get().shown())) {
                        break;
                    }
                }
                yield found.said(summary, walk.notes());
            }
        };
    }

    private static boolean isFile(Step step) {
        return step.entry().kind() == Entry.Kind.FILE || step.entry().kind() == Entry.Kind.SYMLINK;
    }
}
