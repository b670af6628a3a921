package dev.safecoder.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "512m, 536870912",
        "2g, 2147483648",
        "2G, 2147483648",
        "1.5g, 1610612736",
        "64k, 65536",
        "1t, 1099511627776",
        "10GiB, 10737418240",
        "10gb, 10737418240",
        "0.0000001k, 0"
    })
    void a_size_with_a_unit_is_read(String text, long bytes) {
        assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512", "m", "-1m", "2x", "1e9g", "2 g", "9999999999t", "0x10m"})
    void anything_else_is_none(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }

    @Test
    void it_is_written_in_the_largest_unit_that_fits() {
        assertThat(ByteSize.ofMebibytes(512)).hasToString("512m");
        assertThat(ByteSize.ofMebibytes(2048)).hasToString("2g");
        assertThat(new ByteSize(1000)).hasToString("1000 bytes");
    }
}
