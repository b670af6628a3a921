package dev.safecoder.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void half_of_the_runs_took_no_longer_than_the_median() {
        assertThat(of(9, 1, 2).median()).isEqualTo(Duration.ofMillis(2));
        assertThat(of(9, 1).median()).isEqualTo(Duration.ofMillis(1));
        assertThat(of(7).median()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void a_percentile_is_a_run_that_so_many_did_not_exceed() {
        var hundred = of(IntStream.rangeClosed(1, 100).toArray());

        assertThat(hundred.percentile(95)).isEqualTo(Duration.ofMillis(95));
        assertThat(hundred.percentile(100)).isEqualTo(Duration.ofMillis(100));
        assertThat(of(3, 1, 2).percentile(95)).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void a_ratio_is_of_the_medians() {
        assertThat(of(1, 2, 300).ratioTo(of(4, 1, 9))).isEqualTo(0.5);
    }

    @Test
    void there_is_no_sample_of_nothing() {
        assertThatThrownBy(() -> new Sample(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Sample of(int... millis) {
        return new Sample(IntStream.of(millis).mapToObj(Duration::ofMillis).toList());
    }
}
