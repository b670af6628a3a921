package dev.safecoder.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What may be written in a chat instead of a prompt. */
final class ChatWords {
    /** The commands with what each does, in the order of the help. */
    static final Map<String, String> COMMANDS = commands();

    private ChatWords() {}

    private static Map<String, String> commands() {
        var commands = new LinkedHashMap<String, String>();
        commands.put("/help", "this list");
        commands.put("/diff", "what the session changed; --stat, --step N, -- PATH");
        commands.put("/review", "accept or reject by file and hunk");
        commands.put("/apply", "write what is accepted to the project; --dry-run, --flagged");
        commands.put("/undo", "take the last apply back");
        commands.put("/log", "the checkpoints, newest first; -p with diffs");
        commands.put("/rewind", "files and conversation back to a checkpoint: /rewind N");
        commands.put("/expand", "what was folded last, as Ctrl-O does; again: the one before");
        commands.put("/model", "which model works, or another: /model provider/name");
        commands.put("/cost", "tokens and what they cost");
        commands.put("/context", "how full the model's context is");
        commands.put("/compact", "a summary in the place of the conversation: /compact [FOCUS]");
        commands.put("/network", "what the sandbox reaches");
        commands.put("/sessions", "all sessions");
        commands.put("/resume", "go on with another session of this project: /resume [ID]");
        commands.put("/export", "the conversation as Markdown: /export [FILE]");
        commands.put("/clear", "begin a new session; this one stays for review");
        commands.put("/doctor", "what each wall guarantees here");
        commands.put("/exit", "end the session");
        return commands;
    }
}
