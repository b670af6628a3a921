package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.commandline.Attempt.Fault;
import dev.safecoder.commandline.Exercise.Language;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("bubblewrap")
class BubblewrapExerciseTest extends ExerciseContract {
    @Override
    String backend() {
        return "bubblewrap";
    }

    @Override
    Stream<Exercise> exercises() {
        return Stream.of(Language.values()).flatMap(language -> Exercise.all(language).stream());
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void doing_nothing_solves_no_exercise(Exercise exercise) throws Exception {
        var attempt = attempt(exercise, exercise.doNothing());

        assertThat(attempt.faults().keySet())
                .as("%s\n%s", exercise, attempt.told())
                .containsExactly(Fault.TESTS_DO_NOT_PASS_AFTER, Fault.PROJECT_IS_NOT_THE_REFERENCE);
    }
}
