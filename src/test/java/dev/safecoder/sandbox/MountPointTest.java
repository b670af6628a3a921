package dev.safecoder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountPointTest {
    @Test
    void a_line_is_read_with_its_optional_fields() {
        assertThat(
                        MountPoint.parse(
                                "36 35 98:0 /part /mnt/a\\040b rw,noatime master:1 shared:2 -"
                                        + " ext4 /dev/root rw,errors=continue"))
                .isEqualTo(
                        new MountPoint(
                                "/part",
                                "/mnt/a b",
                                List.of("rw", "noatime"),
                                "ext4",
                                "rw,errors=continue"));
    }

    @Test
    void escaped_characters_are_themselves_again() {
        assertThat(MountPoint.parse("1 2 0:1 / /a\\134b\\012c\\011$ ro - tmpfs tmpfs rw").path())
                .isEqualTo("/a\\b\nc\t$");
    }

    @Test
    void another_line_is_refused() {
        assertThatThrownBy(() -> MountPoint.parse("1 2 0:1 / /a ro"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not a line of mountinfo: '1 2 0:1 / /a ro'");
    }
}
