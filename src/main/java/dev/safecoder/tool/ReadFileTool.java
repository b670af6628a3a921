package dev.safecoder.tool;

import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.SandboxFiles.Bytes;
import dev.safecoder.tool.SandboxFiles.Look;
import java.util.ArrayList;
import java.util.Optional;

/** Shows a range of a text file's lines with their numbers; never holds a whole file. */
final class ReadFileTool implements Tool {
    static final int MOST_LINES = 2_000;
    static final long MOST_SCANNED_BYTES = 64L << 20;

    private static final ToolSpec SPEC =
            ToolSpec.reading(
                    "read_file",
                    "Reads a text file. Lines come as `N: text`; number, colon and space are not"
                            + " part of the file. At most 2,000 lines, 2,000 characters of a line"
                            + " and 50 KiB come at once; the last line says where to go on.",
                    Field.required("path", new Kind.Path(), "The file"),
                    Field.optional(
                            "offset",
                            new Kind.Whole(1, Integer.MAX_VALUE),
                            "The first line to show, 1 when left out"),
                    Field.optional(
                            "limit",
                            new Kind.Whole(1, MOST_LINES),
                            "How many lines to show, 2000 when left out"));

    private final SandboxFiles files;

    ReadFileTool(SandboxFiles files) {
        this.files = files;
    }

    /** How much of a file was gone through. */
    private enum Extent {
        WHOLE,
        START;

        private String total(LineWindow window) {
            return this == WHOLE ? String.valueOf(window.lines()) : "more than " + window.lines();
        }
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
        return switch (files.look(path)) {
            case Look.Missing _ -> refuse(files.missing(path));
            case Look.NoFile(var reason) -> refuse(reason);
            case Look.File file -> {
                var said = read(path, arguments);
                files.remember(path, file.entry());
                yield said;
            }
        };
    }

    private Said read(SandboxPath path, Arguments arguments) throws InterruptedException {
        int offset = arguments.number("offset", 1);
        var window = new LineWindow(offset, arguments.number("limit", MOST_LINES));
        var extent = Extent.START;
        long scanned = 0;
        while (extent == Extent.START && scanned < MOST_SCANNED_BYTES) {
            switch (files.page(path, scanned, SandboxFiles.PAGE_BYTES)) {
                case Bytes.Refused(var reason) -> {
                    return refuse(reason);
                }
                case Bytes.Read(var bytes) -> {
                    var binary = scanned == 0 ? BinarySniff.look(bytes) : Optional.<String>empty();
                    if (binary.isPresent()) {
                        return refuse(
                                "'%s' is not shown: %s".formatted(path.shown(), binary.get()));
                    }
                    window.take(bytes);
                    scanned += bytes.length;
                    extent = bytes.length == 0 ? Extent.WHOLE : extent;
                }
            }
        }
        window.end();
        return answer(path, offset, window, extent);
    }

    private Said answer(SandboxPath path, int offset, LineWindow window, Extent extent) {
        int shown = window.shownLines();
        if (shown == 0 && offset > 1) {
            return refuse(pastTheEnd(path, offset, window, extent));
        }
        return Said.read(
                window.shown() + footer(offset, window, extent),
                shown == 0
                        ? "Read %s (empty)".formatted(path.shown())
                        : "Read %s (lines %d-%d of %s)"
                                .formatted(
                                        path.shown(),
                                        offset,
                                        offset + shown - 1,
                                        extent.total(window)));
    }

    private static String pastTheEnd(
            SandboxPath path, int offset, LineWindow window, Extent extent) {
        var lines = Noun.LINE.count(window.lines());
        return switch (extent) {
            case WHOLE ->
                    "offset %d is past the end: '%s' has %s".formatted(offset, path.shown(), lines);
            case START ->
                    "offset %d is past what can be shown of '%s' (the first 64 MiB, %s); use bash to cut out a part"
                            .formatted(offset, path.shown(), lines);
        };
    }

    private static String footer(int offset, LineWindow window, Extent extent) {
        long next = (long) offset + window.shownLines();
        var notes = new ArrayList<String>();
        if (window.isEmpty()) {
            notes.add("The file is empty.");
        } else if (next <= window.lines() || extent == Extent.START) {
            notes.add(
                    "Showing lines %d-%d of %s. Use offset=%d to continue."
                            .formatted(offset, next - 1, extent.total(window), next));
        } else {
            notes.add("End of file - total %s.".formatted(Noun.LINE.count(window.lines())));
            if (window.endsInsideLine()) {
                notes.add("The last line has no line feed.");
            }
        }
        if (window.hasWindowsEndings()) {
            notes.add("Lines end with CRLF; edit_file keeps that.");
        }
        return "(%s)".formatted(String.join(" ", notes));
    }
}
