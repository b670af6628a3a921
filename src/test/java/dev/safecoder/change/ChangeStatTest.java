package dev.safecoder.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.path.RelativePath;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeStatTest {
    private final MemoryBlobs blobs = new MemoryBlobs();
    private ChangeSet set = new ChangeSet(java.util.List.of(), blobs);

    @BeforeEach
    void compare() throws Exception {
        set =
                TreeComparison.between(
                        Map.of(
                                RelativePath.of("edited"), blobs.file("a\nb\nc\n"),
                                RelativePath.of("moved"), blobs.file("the same\n"),
                                RelativePath.of("picture"), blobs.file("\0")),
                        Map.of(
                                RelativePath.of("edited"), blobs.file("a\nB\nc\nd\n"),
                                RelativePath.of("taken along"), blobs.file("the same\n"),
                                RelativePath.of("picture"), blobs.file("\0\0\0")),
                        blobs);
    }

    @Test
    void the_graph_shows_each_change_and_the_sums() {
        assertThat(ChangeStat.graph(set, QuotedPath::of, 80))
                .isEqualTo(
                        """
                         edited               |   3 ++-
                         picture              | Bin 1 -> 3 bytes
                         moved => taken along |   0
                         3 files changed, 2 insertions(+), 1 deletion(-)
                        """);
    }

    @Test
    void a_name_that_is_too_long_loses_its_beginning() {
        assertThat(ChangeStat.graph(set, QuotedPath::of, 30))
                .isEqualTo(
                        """
                         edited          |   3 ++-
                         picture         | Bin 1 -> 3 bytes
                         ... taken along |   0
                         3 files changed, 2 insertions(+), 1 deletion(-)
                        """);
    }

    @Test
    void names_are_shown_as_the_caller_says() {
        assertThat(ChangeStat.names(set, path -> "<" + path + ">"))
                .isEqualTo("<edited>\n<picture>\n<taken along>\n");
    }
}
