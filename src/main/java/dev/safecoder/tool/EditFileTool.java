package dev.safecoder.tool;

import dev.safecoder.tool.EditMatch.Edit;
import dev.safecoder.tool.EditMatch.Extent;
import dev.safecoder.tool.EditPlan.Planned;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.SandboxFiles.Bytes;
import dev.safecoder.tool.SandboxFiles.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Replaces text in a file and leaves every other byte of it as it was. */
final class EditFileTool implements Tool {
    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_EDITS = 100;
    private static final int MOST_NAMED = 10;

    /** Lines that change; comparing costs their number times that of the file's lines. */
    private static final int MOST_COMPARED = 1_000;

    private static final Field ALL =
            Field.optional(
                    "replace_all",
                    new Kind.Flag(),
                    "Replace every occurrence; without it old_string must be unique");
    private static final ToolSpec SPEC =
            ToolSpec.changing(
                    "edit_file",
                    "Replaces text in a file. old_string is the exact text without line numbers, and"
                            + " enough of it to stand only once in the file. For several changes give"
                            + " edits instead: each is matched on the file as it is now, they may not"
                            + " overlap, and all are made or none. Line endings stay as they are.",
                    Field.required("path", new Kind.Path(), "The file"),
                    Field.optional("old_string", new Kind.Text(), "The text to replace"),
                    Field.optional("new_string", new Kind.Text(), "What takes its place"),
                    ALL,
                    Field.optional(
                            "edits",
                            new Kind.ListOf(
                                    List.of(
                                            Field.required(
                                                    "old_string",
                                                    new Kind.Text(),
                                                    "The text to replace"),
                                            Field.required(
                                                    "new_string",
                                                    new Kind.Text(),
                                                    "What takes its place"),
                                            ALL),
                                    MOST_EDITS),
                            "Several replacements, instead of old_string and new_string"));

    private final SandboxFiles files;

    EditFileTool(SandboxFiles files) {
        this.files = files;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean takesTurns() {
        return true;
    }

    @Override
    public Said run(Arguments arguments) throws InterruptedException {
        var single = arguments.optionalText("old_string").isPresent();
        var several = arguments.list("edits");
        if (single != arguments.optionalText("new_string").isPresent()) {
            return refuse("old_string and new_string belong together: one of them is missing");
        }
        if (!several.isEmpty() && arguments.isGiven("replace_all")) {
            return refuse("replace_all belongs into each of the edits");
        }
        if (single != several.isEmpty()) {
            return refuse("give either old_string and new_string, or edits");
        }
        var path = arguments.path("path");
        return switch (files.look(path)) {
            case Look.Missing _ -> refuse(files.missing(path));
            case Look.NoFile(var reason) -> refuse(reason);
            case Look.File file -> edit(path, file, single ? List.of(arguments) : several);
        };
    }

    private Said edit(SandboxPath path, Look.File file, List<Arguments> edits)
            throws InterruptedException {
        var stale = files.staleness(path, file);
        if (stale.isPresent()) {
            return refuse(stale.get());
        }
        return switch (files.whole(path, MOST_BYTES)) {
            case Bytes.Refused(var reason) -> refuse(reason);
            case Bytes.Read(var before) ->
                    switch (EditPlan.plan(before, edits(edits))) {
                        case Planned.Refused(var reason) ->
                                refuse("'%s' was not changed: %s".formatted(path.shown(), reason));
                        case Planned.Edited edited -> write(path, before, edited);
                    };
        };
    }

    private static List<Edit> edits(List<Arguments> given) {
        return given.stream()
                .map(
                        edit ->
                                Edit.of(
                                        edit.text("old_string"),
                                        edit.text("new_string"),
                                        edit.isSet("replace_all") ? Extent.ALL : Extent.ONE))
                .toList();
    }

    private Said write(SandboxPath path, byte[] before, Planned.Edited edited)
            throws InterruptedException {
        var refusal = files.write(path, edited.bytes());
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        var did = "Edited %s: %s".formatted(path.shown(), places(edited.lines()));
        var said = new ArrayList<String>();
        said.add(did);
        edited.notes().forEach(note -> said.add("Note: " + note + "."));
        path.whyItStaysInside().ifPresent(said::add);
        if (edited.changed() <= MOST_COMPARED) {
            said.add(Snippet.of(before, edited.bytes()));
        }
        return Said.changed(String.join("\n", said), did);
    }

    private static String places(List<Integer> lines) {
        var named =
                lines.stream()
                        .limit(MOST_NAMED)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        var where = lines.size() > MOST_NAMED ? named + ", ..." : named;
        return "%s (%s %s)"
                .formatted(
                        Noun.PLACE.count(lines.size()),
                        lines.size() == 1 ? "line" : "lines",
                        where);
    }
}
