package dev.safecoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionCourseTest {
    @Test
    void names_are_listed_whole_unless_there_are_very_many() {
        assertThat(SessionCourse.listed(List.of(".env", "server.key")))
                .isEqualTo(".env, server.key");
        assertThat(SessionCourse.listed(Collections.nCopies(20, "a"))).doesNotContain("more");
        assertThat(SessionCourse.listed(Collections.nCopies(300, "a")))
                .isEqualTo("a, ".repeat(19) + "a and 280 more");
    }
}
