package dev.safecoder.tool;

import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.SandboxFiles.Look;
import java.nio.charset.StandardCharsets;

/** Writes a whole file. */
final class WriteFileTool implements Tool {
    private static final ToolSpec SPEC =
            ToolSpec.changing(
                    "write_file",
                    "Writes a whole file, new or in place of the old one; missing folders are made."
                            + " For a change within a file use edit_file.",
                    Field.required("path", new Kind.Path(), "The file"),
                    Field.required("content", new Kind.Text(), "All that the file will hold"));

    private final SandboxFiles files;

    WriteFileTool(SandboxFiles files) {
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
        var path = arguments.path("path");
        var content = arguments.text("content");
        return switch (files.look(path)) {
            case Look.NoFile(var reason) -> refuse(reason);
            case Look.Missing _ -> write(path, content, "a new file");
            case Look.File file -> replace(path, content, file);
        };
    }

    private Said replace(SandboxPath path, String content, Look.File file)
            throws InterruptedException {
        var stale = files.staleness(path, file);
        return stale.isPresent()
                ? refuse(stale.get())
                : write(path, content, "in place of " + Noun.BYTE.count(file.size()));
    }

    private Said write(SandboxPath path, String content, String how) throws InterruptedException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var refusal = files.write(path, bytes);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        var wrote =
                "Wrote %s (%s, %s, %s)"
                        .formatted(
                                path.shown(),
                                Noun.BYTE.count(bytes.length),
                                Noun.LINE.count(new LineText(content).count()),
                                how);
        var note = path.whyItStaysInside();
        return Said.changed(note.map(why -> wrote + ". " + why).orElse(wrote), wrote);
    }
}
