package dev.safecoder.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * The commands by name. Only the one that runs is built, since building all of them is most of the
 * time of a start; help and completion need them all.
 */
final class CommandTable {
    private static final Map<String, Function<Program, Object>> COMMANDS = commands();

    private CommandTable() {}

    private static Map<String, Function<Program, Object>> commands() {
        var commands = new LinkedHashMap<String, Function<Program, Object>>();
        commands.put("chat", ChatCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("exec", ExecCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("ls", LsCommand::new);
        commands.put("log", LogCommand::new);
        commands.put("diff", DiffCommand::new);
        commands.put("review", ReviewCommand::new);
        commands.put("apply", ApplyCommand::new);
        commands.put("undo", UndoCommand::new);
        commands.put("rewind", RewindCommand::new);
        commands.put("fork", ForkCommand::new);
        commands.put("discard", DiscardCommand::new);
        commands.put("rm", DiscardCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("image", ImageCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("init", InitCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    static boolean has(String name) {
        return COMMANDS.containsKey(name);
    }

    static Iterable<String> names() {
        return COMMANDS.keySet();
    }

    /** The command line with one command, or with all of them. */
    static CommandLine lineFor(String first, Program program) {
        var line = new CommandLine(new RootCommand());
        COMMANDS.forEach(
                (name, make) -> {
                    if (name.equals(first) || !has(first)) {
                        line.addSubcommand(name, make.apply(program));
                    }
                });
        return line;
    }
}
