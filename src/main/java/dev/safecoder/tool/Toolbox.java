package dev.safecoder.tool;

import dev.safecoder.guest.Guest;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.InputCheck.Checked;
import dev.safecoder.tool.ToolResult.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tools of one session, over one sandbox. Whatever a model sends is answered, never thrown; a
 * sandbox that dies is a {@link dev.safecoder.guest.GuestException}, and an interrupt ends the call
 * and what it runs. Calls from several threads take turns where they write files.
 */
public final class Toolbox implements AutoCloseable {
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final BackgroundCommands background;
    private final ReentrantLock turn = new ReentrantLock();

    public Toolbox(Guest guest, CommandRules rules) {
        var files = new SandboxFiles(guest);
        var programs = new Programs(guest);
        background = new BackgroundCommands(guest);
        add(new ReadFileTool(files));
        add(new WriteFileTool(files));
        add(new EditFileTool(files));
        add(new BashTool(guest, programs, rules, background));
        add(new BashOutputTool(background));
        add(new BashKillTool(background));
        add(new GrepTool(guest, programs, files));
        add(new GlobTool(guest));
        add(new ListFilesTool(guest));
        add(new TodoTool());
    }

    private void add(Tool tool) {
        tools.put(tool.spec().name(), tool);
    }

    /** What a model is told of the tools, always in the same order. */
    public List<ToolDefinition> definitions() {
        return tools.values().stream().map(tool -> tool.spec().definition()).toList();
    }

    /** Does what the model asked for, or says why not. */
    public ToolResult run(ToolRequest request) throws InterruptedException {
        var tool = tools.get(request.name());
        if (tool == null) {
            var reason =
                    "There is no tool '%s'; the tools are %s"
                            .formatted(
                                    ModelText.cut(request.name(), 40),
                                    String.join(", ", tools.keySet()));
            return Said.refused(reason, Effect.READ_ONLY).to(request.id());
        }
        return switch (InputCheck.check(tool.spec().fields(), request.input())) {
            case Checked.Invalid(var reason) -> tool.refuse(reason).to(request.id());
            case Checked.Valid(var arguments) -> run(tool, arguments).to(request.id());
        };
    }

    private Said run(Tool tool, Arguments arguments) throws InterruptedException {
        if (!tool.takesTurns()) {
            return tool.run(arguments);
        }
        turn.lockInterruptibly();
        try {
            return tool.run(arguments);
        } finally {
            turn.unlock();
        }
    }

    /** Ends the background commands; the sandbox stays. */
    @Override
    public void close() {
        background.close();
    }
}
