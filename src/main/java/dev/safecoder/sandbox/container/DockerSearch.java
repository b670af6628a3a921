package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.container.EngineAddress.Pipe;
import dev.safecoder.sandbox.container.EngineAddress.TlsFiles;
import dev.safecoder.sandbox.container.EngineAddress.TlsFiles.Verification;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import dev.safecoder.sandbox.container.EngineSearch.Named;
import dev.safecoder.sandbox.container.EngineSearch.Refused;
import dev.safecoder.sandbox.container.EngineSearch.Usual;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds Docker as its own command does: {@code DOCKER_HOST}, then {@code DOCKER_CONTEXT}, then the
 * current context, then the usual places.
 */
final class DockerSearch {
    private final EngineEnvironment environment;

    DockerSearch(EngineEnvironment environment) {
        this.environment = environment;
    }

    EngineSearch search() {
        var host = environment.variable("DOCKER_HOST");
        if (host.isPresent()) {
            return named(host.get(), "DOCKER_HOST", tlsOfEnvironment());
        }
        var context = environment.variable("DOCKER_CONTEXT").or(this::currentContext);
        if (context.isPresent() && !context.get().equals("default")) {
            return ofContext(context.get());
        }
        return new Usual(usual());
    }

    private static EngineSearch named(String host, String by, Optional<TlsFiles> tls) {
        if (host.startsWith("ssh://")) {
            return new Refused(Trouble.sshAddress(by, host));
        }
        return EngineAddress.parse(host, tls)
                .<EngineSearch>map(address -> new Named(address, by))
                .orElseGet(() -> new Refused(Trouble.unreadableAddress(by, host)));
    }

    private Optional<TlsFiles> tlsOfEnvironment() {
        if (environment.variable("DOCKER_TLS_VERIFY").isPresent()) {
            return Optional.of(new TlsFiles(certificates(), Verification.FULL));
        }
        if (environment.variable("DOCKER_TLS").isPresent()) {
            return Optional.of(new TlsFiles(certificates(), Verification.NONE));
        }
        return Optional.empty();
    }

    private Path certificates() {
        return environment.variable("DOCKER_CERT_PATH").map(Path::of).orElse(configuration());
    }

    private Path configuration() {
        return environment
                .variable("DOCKER_CONFIG")
                .map(Path::of)
                .orElse(environment.home().resolve(".docker"));
    }

    private Optional<String> currentContext() {
        return Json.file(configuration().resolve("config.json"))
                .map(config -> config.path("currentContext").asText())
                .filter(name -> !name.isEmpty());
    }

    private EngineSearch ofContext(String name) {
        var by = "docker context '%s'".formatted(name);
        var meta = contexts("meta", name).resolve("meta.json");
        var endpoint = Json.file(meta).map(json -> json.path("Endpoints").path("docker"));
        var host = endpoint.map(json -> json.path("Host").asText()).filter(h -> !h.isEmpty());
        if (host.isEmpty()) {
            return new Refused(Trouble.unknownContext(name, meta));
        }
        return named(host.get(), by, tlsOfContext(name, endpoint.get()));
    }

    private Optional<TlsFiles> tlsOfContext(String name, JsonNode endpoint) {
        var folder = contexts("tls", name).resolve("docker");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        var skipped = endpoint.path("SkipTLSVerify").asBoolean();
        return Optional.of(new TlsFiles(folder, skipped ? Verification.NONE : Verification.FULL));
    }

    /** Docker files a context under the hash of its name. */
    private Path contexts(String kind, String name) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return configuration()
                    .resolve("contexts")
                    .resolve(kind)
                    .resolve(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<EngineAddress> usual() {
        var home = environment.home();
        return switch (environment.system()) {
            case LINUX ->
                    List.of(
                            new Unix(Path.of("/var/run/docker.sock")),
                            new Unix(home.resolve(".docker/desktop/docker.sock")),
                            new Unix(runtimeFolder(environment).resolve("docker.sock")));
            case MACOS ->
                    List.of(
                            new Unix(Path.of("/var/run/docker.sock")),
                            new Unix(home.resolve(".docker/run/docker.sock")),
                            new Unix(home.resolve(".orbstack/run/docker.sock")),
                            new Unix(home.resolve(".colima/default/docker.sock")),
                            new Unix(home.resolve(".rd/docker.sock")));
            case WINDOWS ->
                    List.of(
                            new Pipe("\\\\.\\pipe\\docker_engine"),
                            new Pipe("\\\\.\\pipe\\dockerDesktopLinuxEngine"));
        };
    }

    /** Where this user's services put their sockets. */
    static Path runtimeFolder(EngineEnvironment environment) {
        return environment
                .variable("XDG_RUNTIME_DIR")
                .map(Path::of)
                .orElseGet(() -> Path.of("/run/user").resolve(owner(environment.home())));
    }

    private static String owner(Path home) {
        try {
            return String.valueOf(Files.getAttribute(home, "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "0";
        }
    }
}
