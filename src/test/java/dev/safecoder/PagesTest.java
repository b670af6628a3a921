package dev.safecoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the pages to the tree: what they point to is there, and the root stays small. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
    private static final int MOST_IN_ROOT = 16;

    @Test
    void every_link_leads_to_a_file() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !Files.exists(page.resolveSibling(target)))
                    .forEach(target -> broken.add("%s: %s".formatted(page, target)));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void the_root_holds_few_files() throws IOException {
        try (var entries = Files.list(Path.of("").toAbsolutePath())) {
            assertThat(entries.filter(Files::isRegularFile).count())
                    .isLessThanOrEqualTo(MOST_IN_ROOT);
        }
    }

    private static List<Path> pages() throws IOException {
        try (var root = Files.list(Path.of("").toAbsolutePath());
                var docs = Files.list(Path.of("docs").toAbsolutePath())) {
            return Stream.concat(root, docs).filter(it -> it.toString().endsWith(".md")).toList();
        }
    }
}
