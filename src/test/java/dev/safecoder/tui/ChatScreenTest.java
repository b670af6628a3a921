package dev.safecoder.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.tui.ChatScreen.Colours;
import dev.safecoder.tui.ChatScreen.Typed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The screen as text, in a terminal that is only memory. */
@Timeout(60)
class ChatScreenTest {
    private static final int COLUMNS = 40;
    private static final int ROWS = 10;

    @TempDir Path folder;
    private ScreenTerminal seen;
    private LineDisciplineTerminal terminal;
    private ChatScreen screen;

    @BeforeEach
    void open() throws Exception {
        var memory = ScreenTerminal.withTerminal("test", "xterm-256color", COLUMNS, ROWS);
        terminal = memory.terminal();
        seen = memory.screen();
        var completer =
                new ChatCompleter(Map.of("/help", "this list"), () -> List.of("src/calc.py"));
        screen =
                new ChatScreen(terminal, folder.resolve("state/history"), completer, Colours.SHOWN);
    }

    @AfterEach
    void close() throws Exception {
        screen.close();
    }

    private List<String> rows() {
        return seen.toString().lines().map(String::stripTrailing).toList();
    }

    private void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_kept_stays_at_the_bottom_while_lines_scroll() {
        try (var status =
                new StatusLines(
                        screen,
                        InstantSource.system(),
                        () -> List.of(List.of("model", "docker")))) {
            status.idle();
            for (int line = 1; line <= 10_000; line++) {
                screen.out().println("line " + line);
            }
            assertThat(rows())
                    .containsExactly(
                            "line 9994",
                            "line 9995",
                            "line 9996",
                            "line 9997",
                            "line 9998",
                            "line 9999",
                            "line 10000",
                            "",
                            "",
                            "model · docker");
        }
    }

    @Test
    void a_lent_screen_comes_back_as_it_was() throws Exception {
        try (var status =
                new StatusLines(
                        screen,
                        InstantSource.system(),
                        () -> List.of(List.of("model", "docker")))) {
            screen.out().println("before");
            status.idle();
            var before = rows();

            var lent =
                    screen.lend(
                            all -> {
                                all.puts(Capability.enter_ca_mode);
                                all.writer().print("\n".repeat(2 * ROWS) + "all of it");
                                all.puts(Capability.exit_ca_mode);
                                all.flush();
                                return "done";
                            });

            assertThat(lent).isEqualTo("done");
            assertThat(rows()).isEqualTo(before);
        }
    }

    @Test
    void words_are_shown_block_by_block_and_never_twice() {
        var words = new SpokenText(screen);
        words.more("Some *wor");
        assertThat(rows()).doesNotContain("Some wor");
        words.more("ds*.\n\n```\na\n\nb\n");
        assertThat(rows()).contains("Some words.").doesNotContain("  a");
        words.more("```\nand more");
        words.end();
        assertThat(rows().stream().filter(row -> !row.isEmpty()))
                .containsExactly("Some words.", "  a", "  b", "and more");
    }

    /** Types once the prompt is there, as people do. */
    private Typed answer(String before, String keys) throws Exception {
        try (var reading = Executors.newSingleThreadExecutor()) {
            var typed = reading.submit(() -> screen.read("ask> ", before));
            Eventually.holds(
                    "the prompt",
                    Duration.ofSeconds(20),
                    () -> rows().stream().anyMatch(row -> row.startsWith("ask>")));
            type(keys);
            return typed.get();
        }
    }

    @Test
    void a_line_is_read_and_remembered_for_its_owner_only() throws Exception {
        assertThat(answer("from ", "before, 日本語\r")).isEqualTo(new Typed.Line("from before, 日本語"));
        var history = folder.resolve("state/history");
        assertThat(Files.readString(history)).contains("from before, 日本語");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_new_line_inside_does_not_send() throws Exception {
        assertThat(answer("", "a\033\rb\r")).isEqualTo(new Typed.Line("a\nb"));
    }

    @Test
    void an_end_of_input_is_told_apart() throws Exception {
        assertThat(answer("", "\004")).isEqualTo(new Typed.End());
    }

    @Test
    void escape_interrupts_and_an_arrow_does_not() throws Exception {
        var interrupts = new AtomicInteger();
        var keys = screen.watch(interrupts::incrementAndGet);
        type("typed\033[A");
        Eventually.holds(
                "the arrow was read",
                Duration.ofSeconds(10),
                () -> terminal.reader().available() == 0);
        type(" ahead");
        Eventually.holds(
                "the words were read",
                Duration.ofSeconds(10),
                () -> terminal.reader().available() == 0);
        type("\033");
        Eventually.holds("an interrupt", Duration.ofSeconds(10), () -> interrupts.get() > 0);
        assertThat(keys.stop()).isEqualTo("typed ahead"); // so the arrow was seen before
        assertThat(interrupts).hasValue(1);
    }
}
