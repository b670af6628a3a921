package dev.safecoder.threat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.Application;
import dev.safecoder.app.SessionStart;
import dev.safecoder.app.Surroundings;
import dev.safecoder.configuration.ConfigurationPlaces;
import dev.safecoder.configuration.Settings;
import dev.safecoder.configuration.SettingsOption;
import dev.safecoder.model.script.ScriptedModel;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.Session;
import dev.safecoder.session.SessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A project between canaries, and the program with one backend to let an agent loose on it: the
 * same parts that the command line puts together, in this process. Closing it ends the canaries.
 */
final class Scene implements AutoCloseable {
    /** Long for an agent's few commands, short for anybody who waits. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final BackendName backend;
    private final Path folder;
    private final Path project;
    private final Canaries canaries;
    private final Footprint footprint;
    private final Application application;
    private final List<Ended> sessions = new ArrayList<>();
    private final List<String> secrets;

    private Scene(BackendName backend, Path folder) throws Exception {
        this.backend = backend;
        this.folder = folder;
        this.canaries = Canaries.lay(folder);
        this.project = SampleProject.lay(folder.resolve("project"));
        this.application = new Application(surroundings());
        this.secrets = new ArrayList<>(canaries.secrets());
        secrets.addAll(SampleProject.SECRETS);
        this.footprint = Footprint.now();
    }

    static Scene lay(BackendName backend, Path folder) throws Exception {
        return new Scene(backend, folder);
    }

    /** The user works in the project, whose folders are on the search path: the careless setup. */
    private Surroundings surroundings() {
        var path =
                "%1$s:%1$s/bin:.:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin".formatted(project);
        var environment = new HashMap<>(environment());
        environment.put("PATH", path);
        return new Surroundings(
                new ConfigurationPlaces(environment, canaries.home(), project),
                InstantSource.system(),
                new SecureRandom(),
                Surroundings.hostName(),
                "linux");
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME",
                canaries.home().toString(),
                Canaries.VARIABLE,
                Canaries.environmentKey(),
                "ANTHROPIC_API_KEY",
                Canaries.environmentKey(),
                "SAFE_CODER_STATE",
                state().toString(),
                "SAFE_CODER_CONFIG",
                folder.resolve("config.toml").toString(),
                "SAFE_CODER_DOCKER_IMAGE",
                "safe-coder-test:latest",
                "SAFE_CODER_DOCKER_AUTO_PULL",
                "false");
    }

    /** The same user's terminal, for the program as a process. */
    Terminal terminal() {
        return new Terminal(environment());
    }

    Path state() {
        return folder.resolve("state");
    }

    Path project() {
        return project;
    }

    Canaries canaries() {
        return canaries;
    }

    Application application() {
        return application;
    }

    BackendName backend() {
        return backend;
    }

    Settings settings() {
        return settings(Map.of());
    }

    private Settings settings(Map<SettingsOption, String> more) {
        var options = new HashMap<>(more);
        options.put(SettingsOption.BACKEND, backend.toString());
        options.put(SettingsOption.TIMEOUT, "3m");
        return application.settings(options);
    }

    /** A session in which the agent runs this one command line. */
    Ended attack(String script) throws Exception {
        return attack(Calls.bash(script));
    }

    /** A session with these calls, from its start to its end. */
    Ended attack(Calls calls) throws Exception {
        return attack(calls, Map.of());
    }

    /** The same under settings that the user has chosen. */
    Ended attack(Calls calls, Map<SettingsOption, String> chosen) throws Exception {
        long began = System.nanoTime();
        var before = HostTree.of(project);
        var model = ScriptedModel.parse("attack", canaries.told(calls.json()));
        var settings = settings(chosen);
        var request =
                new SessionStart.Request(
                        project,
                        settings,
                        model.name(),
                        Session.Ending.REMOVE_WORKSPACE,
                        SessionListener.none(),
                        line -> {});
        try (var started = application.starter(settings).start(request);
                var agent = application.agent(started, model, settings)) {
            assertThat(agent.prompt("do as your script says")).isEqualTo(Outcome.COMPLETED);
            var session = started.session();
            session.close();
            var ended = new Ended(this, session.record(), agent.calls());
            sessions.add(ended);
            assertThat(HostTree.of(project)).isEqualTo(before);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
            return ended;
        }
    }

    /** The session that a process of its own ran last. */
    Ended newest() throws IOException {
        var record = application.sessions().newestOf(project.toRealPath());
        var ended = new Ended(this, record, List.of());
        sessions.add(ended);
        return ended;
    }

    /** All that must hold whatever the agent did. */
    void assertHeld() throws Exception {
        assertThat(canaries.touched()).isEmpty();
        for (var session : sessions) {
            assertThat(SecretSearch.in(session.folder(), session.answers(), secrets)).isEmpty();
            assertThat(Leftovers.afterAWhile(session)).isEmpty();
        }
        assertThat(Leftovers.openToOthers(state())).isEmpty();
        assertThat(footprint.grownBy()).isEmpty();
    }

    @Override
    public void close() {
        canaries.close();
    }
}
