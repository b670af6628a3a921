package dev.safecoder.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A session that was to solve an exercise: where it fell short, and all that it said. */
record Attempt(Map<Fault, String> faults, String told) {

    /** In what an attempt can fall short. */
    enum Fault {
        EXIT_CODE_OF_THE_PROGRAM,
        TESTS_DO_NOT_FAIL_BEFORE,
        A_CALL_WAS_NOT_CARRIED_OUT,
        TESTS_DO_NOT_PASS_AFTER,
        PROJECT_IS_NOT_THE_REFERENCE
    }

    /** Judges a run with {@code --output stream-json} over the project. */
    static Attempt of(SafeCoder.Finished finished, Path project, Map<String, String> reference)
            throws IOException {
        var faults = new EnumMap<Fault, String>(Fault.class);
        if (finished.code() != 0) {
            faults.put(Fault.EXIT_CODE_OF_THE_PROGRAM, Integer.toString(finished.code()));
        }
        var calls = calls(finished.out());
        judge(calls, faults);
        var differences = differences(reference, Tree.of(project));
        if (!differences.isEmpty()) {
            faults.put(Fault.PROJECT_IS_NOT_THE_REFERENCE, String.join("\n", differences));
        }
        return new Attempt(faults, told(calls, finished.err()));
    }

    private static List<JsonNode> calls(String out) throws IOException {
        var calls = new ArrayList<JsonNode>();
        for (var line : out.lines().toList()) {
            var event = SafeCoder.JSON.readTree(line);
            if (event.path("type").asText().equals("tool_result")) {
                calls.add(event);
            }
        }
        return calls;
    }

    /** The first call runs the tests, the last one runs them again; those between are the work. */
    private static void judge(List<JsonNode> calls, Map<Fault, String> faults) {
        if (calls.size() < 2) {
            faults.put(Fault.A_CALL_WAS_NOT_CARRIED_OUT, "calls in all: " + calls.size());
            return;
        }
        var before = calls.getFirst();
        if (code(before) != 1 || !text(before).contains(" tests failed\n")) {
            faults.put(Fault.TESTS_DO_NOT_FAIL_BEFORE, text(before));
        }
        for (var call : calls.subList(1, calls.size() - 1)) {
            if (call.path("is_error").asBoolean() || code(call) != 0) {
                faults.put(Fault.A_CALL_WAS_NOT_CARRIED_OUT, text(call));
            }
        }
        var after = calls.getLast();
        if (code(after) != 0 || !text(after).contains(" tests passed\n")) {
            faults.put(Fault.TESTS_DO_NOT_PASS_AFTER, text(after));
        }
    }

    private static List<String> differences(
            Map<String, String> expected, Map<String, String> actual) {
        var paths = new TreeMap<>(expected);
        paths.putAll(actual);
        return paths.keySet().stream()
                .filter(path -> !expected.getOrDefault(path, "").equals(actual.get(path)))
                .map(
                        path ->
                                "%s is %s, not %s"
                                        .formatted(path, actual.get(path), expected.get(path)))
                .toList();
    }

    private static String told(List<JsonNode> calls, String err) {
        var told = new StringBuilder();
        for (var call : calls) {
            told.append("%s %s%n".formatted(call.path("id").asText(), call.path("name").asText()));
            told.append(text(call).indent(4));
        }
        return told.append(err).toString();
    }

    private static int code(JsonNode call) {
        return call.path("exit_code").asInt();
    }

    private static String text(JsonNode call) {
        return call.path("text").asText();
    }
}
