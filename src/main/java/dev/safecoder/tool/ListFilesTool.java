package dev.safecoder.tool;

import dev.safecoder.guest.Guest;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.TreeWalk.Started;
import dev.safecoder.tool.TreeWalk.Step;

/** Lists a folder. */
final class ListFilesTool implements Tool {
    private static final int MOST = 2_000;
    private static final int USUAL = 200;
    private static final int MOST_DEPTH = 20;
    private static final int USUAL_DEPTH = 2;

    private static final ToolSpec SPEC =
            ToolSpec.reading(
                    "list_files",
                    "Lists a folder, one path a line, folders with a slash at the end. Does not enter"
                            + " .git, node_modules and the like.",
                    Field.optional("path", new Kind.Path(), "The folder, /workspace when left out"),
                    Field.optional(
                            "depth",
                            new Kind.Whole(1, MOST_DEPTH),
                            "How many levels of folders, 2 when left out"),
                    Field.optional(
                            "limit",
                            new Kind.Whole(1, MOST),
                            "How many lines at most, 200 when left out"));

    private final Guest guest;

    ListFilesTool(Guest guest) {
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
        var path = arguments.path("path");
        return switch (TreeWalk.start(guest, path, arguments.number("depth", USUAL_DEPTH))) {
            case Started.Refused(var reason) -> refuse(reason);
            case Started.Walking(var walk) -> list(path, walk, arguments.number("limit", USUAL));
        };
    }

    private static Said list(SandboxPath path, TreeWalk walk, int limit)
            throws InterruptedException {
        var found = new Findings(Noun.ENTRY, limit);
        for (var step = walk.next(); step.isPresent(); step = walk.next()) {
            if (!found.add(line(step.get()))) {
                break;
            }
        }
        return found.said("List %s".formatted(path.shown()), walk.notes());
    }

    private static String line(Step step) {
        return step.shown()
                + switch (step.entry().kind()) {
                    case FOLDER -> "/";
                    case SYMLINK -> " (link)";
                    case FIFO -> " (pipe)";
                    case SOCKET -> " (socket)";
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> " (device)";
                    case FILE_UNREADABLE, FOLDER_UNREADABLE -> " (unreadable)";
                    case FILE, FILE_TOO_LARGE, GONE -> "";
                };
    }
}
