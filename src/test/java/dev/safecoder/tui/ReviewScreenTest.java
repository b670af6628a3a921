package dev.safecoder.tui;

import static dev.safecoder.threat.ThreatCase.I9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.ScriptedTrees;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminal.VirtualTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The review on a terminal: keys as bytes, the screen as text. */
class ReviewScreenTest {
    private static final List<String> FIRST =
            List.of(
                    " File 1/2  hunk 1/1  undecided, applied",
                    " modified  a.txt",
                    "▌@@ -1 +1 @@",
                    "▌-old",
                    "▌+漢字 😀",
                    "",
                    "",
                    "",
                    "",
                    " y n a d s j k ] [ space u q, ? help");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Review> kept = new CopyOnWriteArrayList<>();
    private VirtualTerminal virtual;

    @BeforeEach
    void openTerminal() throws IOException {
        virtual = ScreenTerminal.withTerminal("test", "xterm-256color", 40, 10);
        virtual.terminal().writer().print("$ safe-coder review\r\n");
        virtual.terminal().flush();
    }

    @AfterEach
    void closeTerminal() throws IOException {
        virtual.terminal().close();
        threads.shutdownNow();
    }

    private Future<ReviewScreen.Shown> review() throws IOException {
        var trees =
                new ScriptedTrees().with("a.txt", "old\n", "漢字 😀\n").with("b.txt", "1\n", "2\n");
        var review = trees.review();
        var meant = review.files().stream().map(FileReview::change).toList();
        var walk = new ReviewWalk(review, meant, kept::add);
        return threads.submit(
                () ->
                        ReviewScreen.run(
                                virtual.terminal(),
                                new PrintStream(virtual.terminal().output(), true),
                                walk,
                                ReviewPalette.PLAIN,
                                InstantSource.system()));
    }

    private void type(String keys) throws IOException {
        virtual.terminal().processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> screen() {
        return virtual.screen().toString().lines().map(String::stripTrailing).toList();
    }

    private void awaitScreen(Predicate<List<String>> expected) throws Exception {
        try {
            Eventually.holds("the screen", Duration.ofSeconds(10), () -> expected.test(screen()));
        } catch (AssertionError other) {
            throw new AssertionError(String.join("\n", screen()), other);
        }
    }

    @Test
    void keys_decide_and_the_end_gives_the_terminal_back() throws Exception {
        var before = screen();
        var running = review();
        awaitScreen(FIRST::equals);
        assertThat(virtual.terminal().getAttributes().getLocalFlag(LocalFlag.ECHO)).isFalse();

        type("n");
        awaitScreen(rows -> rows.getFirst().startsWith(" File 2/2"));
        type("\u001b[0n\u001b]11;rgb:yyyy\u0007"); // answers of a terminal: no keys
        type("\u001b[D");
        awaitScreen(rows -> rows.getFirst().equals(" File 1/2  hunk 1/1  reject"));
        assertThat(kept).hasSize(1);
        type("q");

        assertThat(running.get()).isEqualTo(ReviewScreen.Shown.ON_SCREEN);
        assertThat(screen()).isEqualTo(before);
        assertThat(virtual.terminal().getAttributes().getLocalFlag(LocalFlag.ECHO)).isTrue();
        assertThat(virtual.terminal().getAttributes().getLocalFlag(LocalFlag.ISIG)).isTrue();
    }

    @Test
    @Threat(I9)
    void ctrl_c_ends_it_and_loses_no_verdict() throws Exception {
        var before = screen();
        var running = review();
        awaitScreen(FIRST::equals);

        type("n\u0003");

        assertThatThrownBy(running::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(kept).hasSize(1);
        assertThat(screen()).isEqualTo(before);
        assertThat(virtual.terminal().getAttributes().getLocalFlag(LocalFlag.ECHO)).isTrue();
    }

    @Test
    void a_new_size_is_drawn_by_itself() throws Exception {
        var running = review();
        awaitScreen(FIRST::equals);

        virtual.screen().setSize(Size.of(80, 12));
        virtual.terminal().setSize(Size.of(80, 12));

        awaitScreen(rows -> rows.contains(">   a.txt                 ┊ modified  a.txt"));
        type("q");
        running.get();
    }
}
