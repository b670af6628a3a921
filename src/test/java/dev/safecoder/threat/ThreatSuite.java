package dev.safecoder.threat;

import dev.safecoder.sandbox.BackendName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path under attack, on one wall: a hostile model with the real tools in a real sandbox,
 * then the commits, the review and the apply. After each case the host is looked over, whatever the
 * case itself asserts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ThreatSuite
        implements GitThreats,
                TreeThreats,
                TerminalThreats,
                WallThreats,
                SecretThreats,
                OutputThreats {
    private final BackendName backend;
    private @TempDir Path folder;
    private Scene scene;

    ThreatSuite(BackendName backend) {
        this.backend = backend;
    }

    /** What is loaded and pooled once is no leak of the first case. */
    @BeforeAll
    void warmUp(@TempDir Path place) throws Exception {
        try (var first = Scene.lay(backend, Files.createDirectory(place.resolve("first")))) {
            first.attack("echo two >> a.txt").acceptAll();
        }
    }

    @BeforeEach
    void lay() throws Exception {
        scene = Scene.lay(backend, folder);
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @AfterEach
    void the_host_is_as_it_was() throws Exception {
        try (var looked = scene) {
            looked.assertHeld();
        }
    }
}
