package dev.safecoder.tool;

import dev.safecoder.guest.Guest;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.RequiredLiteral.Letters;
import dev.safecoder.tool.SandboxFiles.Look;
import dev.safecoder.tool.TreeWalk.Started;
import java.util.Optional;

/** Finds lines by a regular expression. */
final class GrepTool implements Tool {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private static final ToolSpec SPEC =
            ToolSpec.reading(
                    "grep",
                    "Finds lines by a regular expression (RE2 syntax, one line at a time) and gives"
                            + " them as `path:line: text`. Passes over binary files, files over 8"
                            + " MiB, .git, node_modules and the like.",
                    Field.required("pattern", new Kind.Text(), "The regular expression"),
                    Field.optional(
                            "path",
                            new Kind.Path(),
                            "The folder or file to search, /workspace when left out"),
                    Field.optional(
                            "glob", new Kind.Text(), "Search only these files, such as *.java"),
                    Field.optional(
                            "ignore_case",
                            new Kind.Flag(),
                            "Take upper and lower case as the same"),
                    Field.optional(
                            "limit",
                            new Kind.Whole(1, MOST),
                            "How many lines at most, 100 when left out"));

    private final Guest guest;
    private final Programs programs;
    private final SandboxFiles files;

    GrepTool(Guest guest, Programs programs, SandboxFiles files) {
        this.guest = guest;
        this.programs = programs;
        this.files = files;
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
        var letters = arguments.isSet("ignore_case") ? Letters.ANY_CASE : Letters.EXACT;
        return switch (LinePattern.parse(arguments.text("pattern"), letters)) {
            case LinePattern.Parsed.Invalid(var reason) -> refuse(reason);
            case LinePattern.Parsed.Valid(var pattern) -> {
                var glob = arguments.optionalText("glob").map(Glob::parse);
                yield glob.isPresent() && glob.get() instanceof Glob.Parsed.Invalid(var reason)
                        ? refuse(reason)
                        : search(pattern, glob.flatMap(GrepTool::valid), arguments);
            }
        };
    }

    private static Optional<Glob> valid(Glob.Parsed parsed) {
        return parsed instanceof Glob.Parsed.Valid(var glob) ? Optional.of(glob) : Optional.empty();
    }

    private Said search(LinePattern pattern, Optional<Glob> glob, Arguments arguments)
            throws InterruptedException {
        var path = arguments.path("path");
        var found = new Findings(Noun.LINE, arguments.number("limit", USUAL));
        var search = new LineSearch(guest, pattern, found);
        var summary =
                "Search %s in %s"
                        .formatted(ModelText.cut(arguments.text("pattern"), 100), path.shown());
        return switch (TreeWalk.start(guest, path, Integer.MAX_VALUE)) {
            case Started.Walking(var walk) -> {
                var filter = new ContentFilter(guest, programs, pattern);
                var notes = new TreeSearch(walk, glob, path.prefix().length, filter, search).run();
                yield found.said(summary, notes);
            }
            case Started.Refused(var reason) ->
                    switch (files.look(path)) {
                        case Look.Missing _ -> refuse(files.missing(path));
                        case Look.NoFile _ -> refuse(reason);
                        case Look.File _ -> {
                            search.file(path.forGuest());
                            yield found.said(summary, search.notes());
                        }
                    };
        };
    }
}
