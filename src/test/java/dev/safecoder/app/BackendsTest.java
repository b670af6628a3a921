package dev.safecoder.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.Availability.Usable;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.StartListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final Unusable NO_ENGINE = new Unusable("no engine answers: ENOENT", "start it");
    private static final Usable FOUND = new Usable("0.8.0");

    @Test
    void auto_takes_the_first_that_would_start_and_says_why_not_the_others() throws Exception {
        var backends =
                new Backends(
                        List.of(
                                new Scripted(BackendName.DOCKER, NO_ENGINE),
                                new Scripted(BackendName.BUBBLEWRAP, FOUND)),
                        "linux");

        var choice = backends.choose(Optional.empty());

        assertThat(choice.backend().name()).isEqualTo(BackendName.BUBBLEWRAP);
        assertThat(choice.line())
                .isEqualTo("Auto-selected bubblewrap (linux; Docker: no engine answers)");
    }

    @Test
    void a_named_backend_that_is_not_usable_is_an_error_and_no_other_is_taken() {
        var backends =
                new Backends(
                        List.of(
                                new Scripted(BackendName.DOCKER, NO_ENGINE),
                                new Scripted(BackendName.BUBBLEWRAP, FOUND)),
                        "linux");

        assertThatThrownBy(() -> backends.choose(Optional.of(BackendName.DOCKER)))
                .isInstanceOf(SandboxException.class)
                .hasMessage("Backend 'docker' is not usable: no engine answers: ENOENT");
        assertThatThrownBy(() -> backends.choose(Optional.of(BackendName.QEMU)))
                .hasMessage("Backend 'qemu' is not part of this version");
    }

    @Test
    void without_any_wall_nothing_starts() {
        var backends = new Backends(List.of(new Scripted(BackendName.DOCKER, NO_ENGINE)), "linux");

        assertThatThrownBy(() -> backends.choose(Optional.empty()))
                .isInstanceOf(SandboxException.class)
                .hasMessage(
                        "No wall is usable here, so nothing was started (Docker: no engine answers)");
    }

    private record Scripted(BackendName name, Availability availability) implements Backend {
        @Override
        public MountSupport mountSupport() {
            return MountSupport.FOLDER;
        }

        @Override
        public Sandbox start(SandboxSpec spec, StartListener listener) {
            throw new IllegalStateException("this test starts nothing");
        }

        @Override
        public int reap(Path stateFolder) {
            return 0;
        }
    }
}
