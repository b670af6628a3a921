package dev.safecoder.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
    @Test
    void the_resident_kilobytes_of_a_status_are_read() {
        assertThat(ResidentMemory.in("Name:\tguest\nVmRSS:\t     176 kB\nThreads:\t1\n"))
                .isEqualTo(OptionalLong.of(176 * 1024));
    }

    @Test
    void a_status_without_memory_says_nothing() {
        assertThat(ResidentMemory.in("Name:\tkthreadd\n")).isEqualTo(OptionalLong.empty());
    }
}
