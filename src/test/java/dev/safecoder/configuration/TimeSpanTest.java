package dev.safecoder.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S, 1m30s",
        "30m, PT30M, 30m",
        "1h30m, PT1H30M, 1h30m",
        "250ms, PT0.25S, 250ms",
        "2H, PT2H, 2h"
    })
    void a_time_is_read_and_written(String text, Duration span, String written) {
        assertThat(TimeSpan.parse(text)).contains(span);
        assertThat(TimeSpan.write(span)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0s", "-5m", "m", "1m1h", "forever", "5 m"})
    void anything_else_is_none(String text) {
        assertThat(TimeSpan.parse(text)).isEmpty();
    }
}
