package dev.safecoder.commandline;

import dev.safecoder.commandline.Exercise.Language;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerExerciseTest extends ExerciseContract {
    @Override
    String backend() {
        return "docker";
    }

    @Override
    Stream<Exercise> exercises() {
        return Stream.of(Language.values()).flatMap(language -> Exercise.all(language).stream());
    }

    @Override
    SafeCoder program(Exercise exercise) throws IOException {
        var program = super.program(exercise);
        return switch (exercise.language()) {
            case PYTHON -> program;
            case JAVA -> program.with("SAFE_CODER_DOCKER_IMAGE", "safe-coder-test-jdk:latest");
        };
    }
}
