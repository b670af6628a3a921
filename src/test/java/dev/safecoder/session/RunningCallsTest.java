package dev.safecoder.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.guest.Guest;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.CommandRules;
import dev.safecoder.tool.Toolbox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether calls really are on their way together, with a guest that lets no one through alone. */
class RunningCallsTest {
    private static final List<ToolRequest> TWO_READS = List.of(read("a"), read("b"));

    @TempDir private Path temp;
    private final CyclicBarrier together = new CyclicBarrier(2);
    private Guest guest;
    private Toolbox toolbox;

    @BeforeEach
    void begin() throws Exception {
        var scratch = Files.createDirectory(temp.resolve("scratch"));
        var workspace = Files.createDirectory(temp.resolve("workspace"));
        Files.writeString(workspace.resolve("a"), "of a\n");
        Files.writeString(workspace.resolve("b"), "of b\n");
        guest = RealGuest.connect(scratch, workspace);
        toolbox = new Toolbox(inPairs(guest), CommandRules.within(Duration.ofMinutes(1)));
    }

    @AfterEach
    void end() {
        toolbox.close();
        guest.close();
    }

    private static ToolRequest read(String path) {
        return LoopBench.request(path, "read_file", "{'path': '%s'}".formatted(path));
    }

    /** The same guest, whose reads wait for each other. */
    private Guest inPairs(Guest real) {
        return (Guest)
                Proxy.newProxyInstance(
                        Guest.class.getClassLoader(),
                        new Class<?>[] {Guest.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("read")) {
                                meet();
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException failed) {
                                throw failed.getCause();
                            }
                        });
    }

    private void meet() throws InterruptedException {
        try {
            together.await(2, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("a read was alone", alone);
        }
    }

    @Test
    void calls_that_only_look_are_on_their_way_together() throws Exception {
        assertThat(TWO_READS).allMatch(toolbox::onlyLooks);

        try (var running = new RunningCalls(toolbox, TWO_READS, InstantSource.system())) {
            assertThat(running.next().result().answer().text()).contains("of a");
            assertThat(running.next().result().answer().text()).contains("of b");
        }
    }

    @Test
    void one_after_the_other_would_be_noticed() {
        assertThatThrownBy(() -> toolbox.run(TWO_READS.getFirst())).hasMessage("a read was alone");
    }

    @Test
    void what_writes_or_runs_does_not_only_look() {
        for (var tool : List.of("write_file", "edit_file", "bash", "bash_output", "todo", "no")) {
            assertThat(toolbox.onlyLooks(LoopBench.request("1", tool, "{}"))).as(tool).isFalse();
        }
    }
}
