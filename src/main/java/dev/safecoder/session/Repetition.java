package dev.safecoder.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;

/** Notices that a model makes the same call with the same result over and over. */
final class Repetition {
    /** From here on the model is told. */
    static final int NOTABLE = 5;

    /** Here it is stopped. */
    static final int HOPELESS = 10;

    private static final int LATEST = 20;

    private final Deque<Same> latest = new ArrayDeque<>();

    private record Same(String tool, JsonNode input, String answer) {}

    /** How often the call is among the latest ones, itself counted. */
    int count(ToolCall call) {
        var same =
                new Same(
                        call.request().name(),
                        call.request().input(),
                        call.result().answer().text());
        latest.addLast(same);
        if (latest.size() > LATEST) {
            latest.removeFirst();
        }
        return (int) latest.stream().filter(same::equals).count();
    }
}
