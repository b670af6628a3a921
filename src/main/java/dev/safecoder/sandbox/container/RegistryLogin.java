package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.process.HostCommand;
import dev.safecoder.process.ProgramEnd;
import dev.safecoder.process.Subprocess;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The user's login at a registry, as {@code docker login} or {@code podman login} left it. */
final class RegistryLogin {
    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 << 10;
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final EngineEnvironment environment;
    private final Flavor flavor;

    RegistryLogin(EngineEnvironment environment, Flavor flavor) {
        this.environment = environment;
        this.flavor = flavor;
    }

    /** What the engine is given to fetch with; empty without a login. */
    String of(String registry) throws InterruptedException {
        for (var file : files()) {
            var config = Json.file(file);
            if (config.isPresent()) {
                var found = from(config.get(), registry);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return "";
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        if (flavor == Flavor.PODMAN) {
            environment.variable("REGISTRY_AUTH_FILE").map(Path::of).ifPresent(files::add);
            files.add(DockerSearch.runtimeFolder(environment).resolve("containers/auth.json"));
            files.add(environment.home().resolve(".config/containers/auth.json"));
        }
        files.add(
                environment
                        .variable("DOCKER_CONFIG")
                        .map(Path::of)
                        .orElse(environment.home().resolve(".docker"))
                        .resolve("config.json"));
        return files;
    }

    private Optional<String> from(JsonNode config, String registry) throws InterruptedException {
        var key = registry.equals("docker.io") ? HUB_KEY : registry;
        var program =
                config.path("credHelpers").path(key).asText(config.path("credsStore").asText());
        if (!program.isEmpty()) {
            return fromProgram(program, key);
        }
        var login = config.path("auths").path(key);
        var pair = decoded(login.path("auth").asText());
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(header(key, pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // not ours to mend: without a login the registry will say what it wants
        }
    }

    private Optional<String> fromProgram(String store, String key) throws InterruptedException {
        if (!store.matches("[A-Za-z0-9._-]+")) {
            return Optional.empty();
        }
        var program = environment.programs().find("docker-credential-" + store);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var command =
                new HostCommand(
                        program.get(),
                        List.of("get"),
                        environment.forPrograms(),
                        environment.home());
        var input = key.getBytes(StandardCharsets.UTF_8);
        var end = Subprocess.run(command, input, PROGRAM_LIMIT, MOST_BYTES);
        return end instanceof ProgramEnd.Exited exited && exited.code() == 0
                ? read(key, exited.out().text())
                : Optional.empty();
    }

    private static Optional<String> read(String key, String answer) {
        try {
            var login = Json.parse(answer.getBytes(StandardCharsets.UTF_8));
            var user = login.path("Username").asText();
            return Optional.of(header(key, user, login.path("Secret").asText()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String header(String registry, String user, String secret) {
        var login = Json.MAPPER.createObjectNode().put("serveraddress", registry);
        if (user.equals("<token>")) {
            login.put("identitytoken", secret);
        } else {
            login.put("username", user).put("password", secret);
        }
        var bytes = login.toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
