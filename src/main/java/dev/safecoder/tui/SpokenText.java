package dev.safecoder.tui;

import java.util.regex.Pattern;

/**
 * A model's words as they come, shown block by block as Markdown: what has been shown is never
 * drawn again. Not thread-safe.
 */
public final class SpokenText {
    private static final Pattern FENCE = Pattern.compile("`{3,}|~{3,}");

    private final ChatScreen screen;
    private final StringBuilder block = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private String fence = "";

    public SpokenText(ChatScreen screen) {
        this.screen = screen;
    }

    /** More of it. */
    public void more(String text) {
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            line.append(next);
            if (next == '\n') {
                endLine();
            }
        }
    }

    /** A block ends with an empty line, and a fenced one with its fence. */
    private void endLine() {
        var whole = line.toString();
        line.setLength(0);
        block.append(whole);
        if (fence.isEmpty()) {
            fence = fenceOf(whole);
            if (fence.isEmpty() && whole.isBlank()) {
                show();
            }
        } else if (closes(whole.strip())) {
            fence = "";
            show();
        }
    }

    /** The run of backticks or tildes that begins a fenced block; empty where none does. */
    private static String fenceOf(String line) {
        var run = FENCE.matcher(line.stripLeading());
        return run.lookingAt() ? run.group() : "";
    }

    private boolean closes(String line) {
        return line.startsWith(fence) && line.chars().allMatch(letter -> letter == fence.charAt(0));
    }

    /** The reply is complete. */
    public void end() {
        block.append(line);
        line.setLength(0);
        show();
        fence = "";
    }

    /** What has not been shown yet is void. */
    public void forget() {
        block.setLength(0);
        line.setLength(0);
        fence = "";
    }

    private void show() {
        if (!block.toString().isBlank()) {
            screen.print(MarkdownLines.of(block.toString(), screen.width()));
        }
        block.setLength(0);
    }
}
