package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.Backend.MountSupport;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.SandboxContract;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An engine on another machine, as far as files go: the project is streamed into a volume. */
@Tag("docker")
class RemoteDockerContractTest extends SandboxContract {
    private static final String ADDRESS = PROPERTIES + "remote";
    private static RemoteEngine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = RemoteEngine.start(List.of());
        engine.load(Surroundings.SETTINGS.image());
        System.setProperty(ADDRESS, engine.address());
    }

    @AfterAll
    static void stopEngine() throws Exception {
        engine.close();
    }

    @Override
    protected Backend backend(Path folder) {
        var host = Objects.requireNonNull(System.getProperty(ADDRESS));
        return ContainerBackend.docker(
                Surroundings.SETTINGS,
                Surroundings.linux(HOST, folder, Map.of("DOCKER_HOST", host)));
    }

    @Override
    protected List<Kind> workspaces() {
        return List.of(Kind.STREAMED);
    }

    @Override
    protected int uid() {
        return 4321; // nobody's, neither here nor there
    }

    @Test
    void an_engine_on_loopback_that_shares_no_folder_is_recognised() throws Exception {
        assertThat(backend(folder).mountSupport()).isEqualTo(MountSupport.STREAMED_ONLY);
    }

    @Test
    void a_folder_of_ours_is_refused_before_anything_is_made() {
        assertThatThrownBy(() -> start(folder, Kind.FOLDER, LIMITS))
                .isInstanceOf(SandboxException.class)
                .hasMessage(
                        "docker cannot enforce this here: the engine runs elsewhere and sees no"
                                + " folder of this machine");
    }

    @Test
    void what_only_the_engine_says_is_never_more_than_partial() throws Exception {
        try (var sandbox = start(folder)) {
            assertThat(levels(sandbox).values())
                    .contains(Level.PARTIAL)
                    .doesNotContain(Level.ABSENT);
        }
    }

    @Override
    protected List<String> leftOf(SandboxSpec spec) throws Exception {
        return EngineContent.of(engine.address(), spec.name());
    }
}
