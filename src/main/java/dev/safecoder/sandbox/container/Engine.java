package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.container.EngineHttp.Body;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The calls to one engine, in an API version that both ends know. Each blocks its own thread; an
 * engine that refuses answers with an {@link EngineRefusal}.
 */
final class Engine {
    /** Engine 20.10 speaks this one; what we ask for is in it. */
    static final ApiVersion OLDEST = new ApiVersion(1, 41);

    /** Engines from 29 on refuse anything older. */
    static final ApiVersion NEWEST = new ApiVersion(1, 44);

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int GONE = 404;
    private static final int TROUBLE_INSIDE = 500;
    private static final int CONFLICT = 409;
    private static final int UNCHANGED = 304;

    private final EngineHttp http;
    private final ApiVersion version;
    private final String server;

    private Engine(EngineHttp http, ApiVersion version, String server) {
        this.http = http;
        this.version = version;
        this.server = server;
    }

    /** Asks what listens there and agrees on a version. */
    static Engine reach(EngineAddress address) throws IOException {
        var http = new EngineHttp(address);
        try (var answer = http.send("GET", "/_ping", Body.NONE)) {
            if (answer.status() != 200) {
                throw new EngineRefusal(answer.status(), answer.message());
            }
            var theirs = ApiVersion.parse(answer.header("api-version").orElse(""));
            var server = answer.header("server").orElse("unknown").replaceFirst(" \\(.*", "");
            return new Engine(http, theirs.orElse(OLDEST).atMost(NEWEST), server);
        }
    }

    /** The version in use; below {@link #OLDEST} nothing else may be asked. */
    ApiVersion version() {
        return version;
    }

    /** Such as {@code Docker/28.2.2}. */
    String server() {
        return server;
    }

    EngineAddress address() {
        return http.address();
    }

    JsonNode info() throws IOException {
        return get("/info");
    }

    /** Its version with those of its parts. */
    JsonNode versions() throws IOException {
        return get("/version");
    }

    JsonNode image(String image) throws IOException {
        return get("/images/%s/json".formatted(encoded(image)));
    }

    JsonNode images() throws IOException {
        return get("/images/json");
    }

    void removeImage(String image) throws IOException {
        var path = versioned("/images/%s".formatted(encoded(image)));
        try (var answer = http.send("DELETE", path, Body.NONE)) {
            checked(answer).bytes();
        }
    }

    /** Starts to build an image; the answer's body tells how it goes, line by line. */
    HttpAnswer build(String image, byte[] tar) throws IOException {
        var path = "/build?t=%s&rm=1&forcerm=1".formatted(encoded(image));
        return checked(http.send("POST", versioned(path), Body.tar(tar)));
    }

    /** What the image's registry knows of it, asked by the engine. */
    JsonNode atRegistry(String image, String credentials) throws IOException {
        var path = "/distribution/%s/json".formatted(encoded(image));
        try (var answer = http.send("GET", versioned(path), Body.NONE, authority(credentials))) {
            return Json.parse(checked(answer).bytes());
        }
    }

    /** The same asked of Podman, which has no such call but this one of its own. */
    JsonNode manifest(String image, String credentials) throws IOException {
        var path = "/v4.0.0/libpod/manifests/%s/json".formatted(encoded(image));
        try (var answer = http.send("GET", path, Body.NONE, authority(credentials))) {
            return Json.parse(checked(answer).bytes());
        }
    }

    /** Starts to fetch an image; the answer's body tells how it goes, line by line. */
    HttpAnswer pull(String name, String tag, String credentials) throws IOException {
        var path = "/images/create?fromImage=%s&tag=%s".formatted(encoded(name), encoded(tag));
        return checked(http.send("POST", versioned(path), Body.NONE, authority(credentials)));
    }

    private static Map<String, String> authority(String credentials) {
        return credentials.isEmpty() ? Map.of() : Map.of("X-Registry-Auth", credentials);
    }

    /** Makes a container and returns its id. */
    String create(String name, JsonNode request) throws IOException {
        var path = "/containers/create?name=%s".formatted(encoded(name));
        try (var answer = http.send("POST", versioned(path), Body.json(request))) {
            return Json.parse(checked(answer).bytes()).path("Id").asText();
        }
    }

    void createVolume(String name, Map<String, String> labels) throws IOException {
        var request = Json.MAPPER.createObjectNode().put("Name", name).put("Driver", "local");
        request.set("Labels", ContainerRequest.object(labels));
        try (var answer = http.send("POST", versioned("/volumes/create"), Body.json(request))) {
            checked(answer).bytes();
        }
    }

    /** All volumes that a filter lets through. */
    JsonNode volumes(String filter) throws IOException {
        return get("/volumes?filters=" + encoded(filter)).path("Volumes");
    }

    /** Fine when it is gone. */
    void removeVolume(String name) throws IOException {
        var path = "/volumes/%s".formatted(encoded(name));
        try (var answer = http.send("DELETE", versioned(path), Body.NONE)) {
            if (answer.status() != GONE) {
                checked(answer).bytes();
            }
        }
    }

    /** Unpacks an archive into a folder of a container. */
    void upload(String container, String folder, byte[] tar) throws IOException {
        var path = "/containers/%s/archive?path=%s".formatted(container, encoded(folder));
        try (var answer = http.send("PUT", versioned(path), Body.tar(tar))) {
            checked(answer).bytes();
        }
    }

    /** The container's three standard streams, multiplexed; to be asked for before its start. */
    HttpAnswer attach(String container) throws IOException {
        var path = "/containers/%s/attach?stream=1&stdin=1&stdout=1&stderr=1".formatted(container);
        return checked(http.upgrade(versioned(path)));
    }

    void start(String container) throws IOException {
        post("/containers/%s/start".formatted(container));
    }

    JsonNode inspect(String container) throws IOException {
        return get("/containers/%s/json".formatted(container));
    }

    /** All containers, running or not, that a filter lets through. */
    JsonNode containers(String filter) throws IOException {
        return get("/containers/json?all=1&filters=" + encoded(filter));
    }

    /**
     * Kills a container and removes it with its volumes; returns when it is gone. One that is gone
     * already is fine, and one that the engine itself is removing is waited for.
     */
    void remove(String container) throws IOException, InterruptedException {
        do {
            kill(container);
            Thread.sleep(PAUSE);
        } while (knows(container));
    }

    private void kill(String container) throws IOException {
        var path = "/containers/%s?force=1&v=1".formatted(container);
        try (var answer = http.send("DELETE", versioned(path), Body.NONE)) {
            boolean isBusy = answer.status() == CONFLICT || answer.status() >= TROUBLE_INSIDE;
            if (answer.status() != GONE && !isBusy) { // one that is busy with it is asked again
                checked(answer).bytes();
            }
        }
    }

    private boolean knows(String container) throws IOException {
        try {
            inspect(container);
            return true;
        } catch (EngineRefusal refusal) {
            if (refusal.status() == GONE) {
                return false;
            }
            if (refusal.status() >= TROUBLE_INSIDE) {
                return true;
            }
            throw refusal;
        }
    }

    private JsonNode get(String path) throws IOException {
        try (var answer = http.send("GET", versioned(path), Body.NONE)) {
            return Json.parse(checked(answer).bytes());
        }
    }

    private void post(String path) throws IOException {
        try (var answer = http.send("POST", versioned(path), Body.NONE)) {
            checked(answer).bytes();
        }
    }

    private String versioned(String path) {
        return "/v" + version + path;
    }

    private static HttpAnswer checked(HttpAnswer answer) throws IOException {
        if (answer.status() < UNCHANGED) {
            return answer;
        }
        try (answer) {
            throw new EngineRefusal(answer.status(), answer.message());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
