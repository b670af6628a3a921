package dev.safecoder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files of Linux's {@code /proc}, whose process names come from the sandbox. */
class SandboxLoadTest {
    private static final String REST =
            " S 1 17 17 0 -1 4194560 90 51 0 0 3 4 50 600 20 0 1 0 2 5000000 400 18446744073709551615";

    @Test
    void the_four_times_of_a_process_are_added() {
        assertThat(SandboxLoad.ticks("17 (sh)" + REST)).isEqualTo(Optional.of(657L));
    }

    @Test
    void a_name_that_looks_like_fields_is_a_name() {
        assertThat(SandboxLoad.ticks("17 (a) S 1 1 1 1 1 1 1 1 1 1 9 9 9 9 (b)" + REST))
                .isEqualTo(Optional.of(657L));
    }

    @Test
    void what_is_no_stat_says_nothing() {
        assertThat(SandboxLoad.ticks("")).isEmpty();
        assertThat(SandboxLoad.ticks("17 (sh) S 1 17")).isEmpty();
        assertThat(SandboxLoad.ticks("17 (sh)" + REST.replace(" 600 ", " -1 "))).isEmpty();
    }

    @Test
    void memory_of_its_own_is_told_apart_from_that_of_files() {
        var status = "Name:\tRssAnon: 9 kB\nRssAnon:\t     176 kB\nRssFile:\t 7 kB\n";
        assertThat(SandboxLoad.ownMemory(status)).isEqualTo(176 * 1024);
        assertThat(SandboxLoad.ownMemory("Name:\tkthreadd\n")).isZero();
    }
}
