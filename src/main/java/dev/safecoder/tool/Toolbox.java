package dev.safecoder.tool;

import dev.safecoder.guest.Guest;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.InputCheck.Checked;
import dev.safecoder.tool.ToolResult.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The tools of one session, over one sandbox. Whatever a model sends is answered, never thrown; a
 * sandbox that dies is a {@link dev.safecoder.guest.GuestException}, and an interrupt ends the call
 * and what it runs. Calls from several threads take turns where they write files.
 */
public final class Toolbox implements AutoCloseable {
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Adoption> adopted = new LinkedHashMap<>();
    private final AddedTools added;
    private final BackgroundCommands background;
    private final ReentrantLock turn = new ReentrantLock();

    /** With the tools of this package alone. */
    public Toolbox(Guest guest, CommandRules rules) {
        this(guest, rules, AddedTools.none());
    }

    /**
     * @param added come after the others, and end with the toolbox
     */
    public Toolbox(Guest guest, CommandRules rules, AddedTools added) {
        this.added = added;
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
        added.tools().forEach(this::adopt);
    }

    private void add(Tool tool) {
        tools.put(tool.spec().name(), tool);
    }

    private void adopt(AddedTool tool) {
        var name = tool.definition().name();
        if (tools.containsKey(name) || adopted.put(name, new Adoption(tool)) != null) {
            throw new IllegalArgumentException("two tools are called '%s'".formatted(name));
        }
    }

    /** What a model is told of the tools, always in the same order. */
    public List<ToolDefinition> definitions() {
        return Stream.concat(
                        tools.values().stream().map(tool -> tool.spec().definition()),
                        adopted.values().stream().map(Adoption::definition))
                .toList();
    }

    /** Whether the request can be met at the same time as others of which this is true. */
    public boolean onlyLooks(ToolRequest request) {
        return Optional.ofNullable(tools.get(request.name())).map(Tool::onlyLooks).orElse(false);
    }

    /** Does what the model asked for, or says why not. */
    public ToolResult run(ToolRequest request) throws InterruptedException {
        var adoption = adopted.get(request.name());
        if (adoption != null) {
            return adoption.run(request.input()).to(request.id());
        }
        var tool = tools.get(request.name());
        if (tool == null) {
            return Said.refused(unknown(request.name()), Effect.READ_ONLY).to(request.id());
        }
        return switch (InputCheck.check(tool.spec().fields(), request.input())) {
            case Checked.Invalid(var reason) -> tool.refuse(reason).to(request.id());
            case Checked.Valid(var arguments) -> run(tool, arguments).to(request.id());
        };
    }

    private String unknown(String name) {
        var names = definitions().stream().map(ToolDefinition::name).toList();
        return "There is no tool '%s'; the tools are %s"
                .formatted(ModelText.cut(name, 40), String.join(", ", names));
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

    /** Ends the background commands and the added tools; the sandbox stays. */
    @Override
    public void close() {
        try (added) {
            background.close();
        }
    }
}
