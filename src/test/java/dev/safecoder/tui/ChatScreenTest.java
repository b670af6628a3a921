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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
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
    void a_paste_of_several_lines_is_one_text() throws Exception {
        assertThat(answer("", "\033[200~one\rtwo 😀\r\033[201~\r"))
                .isEqualTo(new Typed.Line("one\ntwo 😀\n"));
    }

    @Test
    void a_key_unfolds_above_what_is_typed() throws Exception {
        screen.whenUnfolding(
                () -> {
                    screen.out().println("folded one");
                    screen.out().println("folded two");
                });

        assertThat(answer("", "wor\017ds\r")).isEqualTo(new Typed.Line("words"));

        assertThat(rows())
                .containsSubsequence("folded one", "folded two", "ask> words")
                .doesNotContain("ask> wor");
    }

    @Test
    void a_key_gives_the_line_to_an_editor_and_takes_it_back() throws Exception {
        var rawAtEditor = new AtomicReference<Boolean>();
        screen.whenEditing(
                text -> {
                    rawAtEditor.set(!terminal.getAttributes().getLocalFlag(LocalFlag.ICANON));
                    return text.toUpperCase(Locale.ROOT) + "\nmore";
                });

        assertThat(answer("", "first\007,\r")).isEqualTo(new Typed.Line("FIRST\nmore,"));
        assertThat(answer("", "\030\005\r")).isEqualTo(new Typed.Line("\nmore"));
        assertThat(rawAtEditor).hasValue(false);
    }

    private void resize(int columns, int rows) {
        seen.setSize(Size.of(columns, rows));
        terminal.setSize(Size.of(columns, rows));
        terminal.raise(Signal.WINCH);
    }

    @Test
    void a_new_size_moves_what_stays_and_covers_nothing() throws Exception {
        var facts = List.of(List.of("model", "docker, network none", "many more facts"));
        try (var status = new StatusLines(screen, InstantSource.system(), () -> facts);
                var reading = Executors.newSingleThreadExecutor()) {
            IntStream.rangeClosed(1, ROWS).forEach(line -> screen.out().println("said " + line));
            status.idle();
            var typed = reading.submit(() -> screen.read("ask> ", "日本語"));
            shows("ask> 日本語");

            resize(60, 7);
            shows("model · docker, network none · many more facts");
            type("!");
            shows("ask> 日本語!");
            assertThat(rows())
                    .containsSubsequence(
                            "said 9",
                            "said 10",
                            "ask> 日本語!",
                            "model · docker, network none · many more facts")
                    .hasSize(7);
            type("\r");
            assertThat(typed.get()).isEqualTo(new Typed.Line("日本語!"));

            status.working("thinking");
            resize(50, 12);
            shows("model · docker, network none · many more facts");
            screen.out().println("said after");
            assertThat(rows())
                    .containsSubsequence(
                            "said after", "model · docker, network none · many more facts")
                    .hasSize(12);
            assertThat(rows().getLast()).startsWith("model");
        }
    }

    private void shows(String row) throws Exception {
        try {
            Eventually.holds(row, Duration.ofSeconds(10), () -> rows().contains(row));
        } catch (AssertionError missing) {
            throw new AssertionError(String.join("\n", rows()), missing);
        }
    }

    @Test
    void an_end_of_input_is_told_apart() throws Exception {
        assertThat(answer("", "\004")).isEqualTo(new Typed.End());
    }

    @Test
    void an_interrupt_of_a_line_is_told_apart() throws Exception {
        assertThat(answer("", "some words\003")).isEqualTo(new Typed.Interrupt());
    }

    @Test
    void a_key_unfolds_while_the_agent_works() throws Exception {
        screen.whenUnfolding(() -> screen.out().println("folded"));
        var keys = screen.watch(() -> {});
        type("words\017");
        shows("folded");
        assertThat(keys.stop()).isEqualTo("words");
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
