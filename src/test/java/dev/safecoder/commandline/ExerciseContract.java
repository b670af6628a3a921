package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small projects with a task each: their tests fail before a written conversation has solved it and
 * pass afterwards, both inside the sandbox, and what is applied is the reference.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExerciseContract {
    @TempDir Path folder;

    abstract String backend();

    /** Those whose language the backend's sandbox has. */
    abstract Stream<Exercise> exercises();

    SafeCoder program(Exercise exercise) throws IOException {
        return new SafeCoder(folder.resolve("user"));
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void an_exercise_is_solved(Exercise exercise) throws Exception {
        var attempt = attempt(exercise, exercise.oracle());

        assertThat(attempt.faults()).as("%s\n%s", exercise, attempt.told()).isEmpty();
    }

    final Attempt attempt(Exercise exercise, JsonNode conversation)
            throws IOException, InterruptedException {
        var project = Files.createDirectories(folder.resolve("project"));
        exercise.unpack(project);
        var script = folder.resolve("conversation.json");
        SafeCoder.JSON.writeValue(script.toFile(), conversation);
        var arguments = new ArrayList<>(List.of("run", "-p", exercise.task()));
        arguments.addAll(List.of("--path", project.toString(), "--backend", backend()));
        arguments.addAll(List.of("--model", "script:" + script));
        arguments.addAll(List.of("--apply", "all", "--output", "stream-json"));

        var finished = program(exercise).run(arguments);

        return Attempt.of(finished, project, exercise.solved(folder.resolve("solved")));
    }
}
