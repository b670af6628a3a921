package dev.safecoder.tool;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What holds for every command that a model runs.
 *
 * @param timeLimit when the model names none, which may then be more than the 10 minutes that it
 *     may ask for
 * @param environment all that a command finds in its environment
 */
public record CommandRules(Duration timeLimit, Map<String, String> environment) {
    private static final Duration MOST_ASKED = Duration.ofMinutes(10);

    public CommandRules {
        environment = Map.copyOf(environment);
        if (timeLimit.toMillis() < 1) {
            throw new IllegalArgumentException("a time limit of no time: " + timeLimit);
        }
    }

    /** What a model may ask for at most. */
    Duration mostTime() {
        return timeLimit.compareTo(MOST_ASKED) > 0 ? timeLimit : MOST_ASKED;
    }

    /** This time with {@link #plainEnvironment()}. */
    public static CommandRules within(Duration timeLimit) {
        return new CommandRules(timeLimit, plainEnvironment());
    }

    /**
     * An environment made from nothing: a home, no pager, no prompt, no terminal, and {@code
     * SAFE_CODER=1} for programs that want to know. {@code PATH} is the image's own.
     */
    public static Map<String, String> plainEnvironment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("HOME", "/home/agent");
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", "dumb");
        environment.put("PAGER", "cat");
        environment.put("GIT_PAGER", "cat");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("SAFE_CODER", "1");
        return Map.copyOf(environment);
    }
}
