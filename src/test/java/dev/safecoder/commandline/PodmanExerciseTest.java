package dev.safecoder.commandline;

import dev.safecoder.commandline.Exercise.Language;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanExerciseTest extends ExerciseContract {
    @Override
    String backend() {
        return "podman";
    }

    /** The image with a JDK is loaded into docker only. */
    @Override
    Stream<Exercise> exercises() {
        return Exercise.all(Language.PYTHON).stream();
    }
}
