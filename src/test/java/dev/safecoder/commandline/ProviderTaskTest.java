package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.End;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A failing test is mended with every provider's client in a real session: what is recorded is what
 * the script itself, without a provider, leads to.
 */
@Tag("bubblewrap")
class ProviderTaskTest {
    private static final String STUB = "def is_leap(year):\n    return year % 4 == 0\n";
    private static final String MENDED =
            "def is_leap(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n";
    private static final String TEST =
            """
            from leap import is_leap

            assert is_leap(1996)
            assert not is_leap(1997)
            assert is_leap(2000)
            assert not is_leap(1900), "a century is none"
            """;
    private static final Script TASK =
            new Script()
                    .turn("I run the test: é🙂.")
                    .bash("python3 -B test_leap.py")
                    .turn("")
                    .edit(
                            "leap.py",
                            "year % 4 == 0",
                            "year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)")
                    .bash("python3 -B test_leap.py && echo ok")
                    .turn("Mended.");

    @TempDir Path folder;

    /** What must not depend on who answers. */
    private record Essence(
            String outcome, String text, List<String> calls, List<String> steps, JsonNode changes) {
        static Essence of(JsonNode report) {
            var calls = new ArrayList<String>();
            for (var call : report.path("tool_calls")) {
                calls.add(
                        "%s %s %s"
                                .formatted(
                                        call.path("name").asText(),
                                        call.path("input"),
                                        call.path("exit_code")));
            }
            return new Essence(
                    report.path("outcome").asText(),
                    report.path("text").asText(),
                    calls,
                    report.path("checkpoints").findValuesAsText("message"),
                    report.path("changes"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_task_comes_to_the_same_with_every_provider(WrittenStream form) throws Exception {
        var wanted = Essence.of(run("script", TASK.saveIn(folder), "").json());
        assertThat(wanted.steps()).containsExactly("Initial snapshot", LAST_STEP);
        assertThat(wanted.calls()).last().asString().endsWith(" 0");

        try (var service = new ScriptedServer(form.rules())) {
            TASK.turns().forEach(turn -> service.plays(Play.reply(form.of(turn))));

            var finished = run(form, service);

            assertThat(finished.code()).as(finished.err()).isZero();
            assertThat(Essence.of(finished.json())).isEqualTo(wanted);
            assertThat(service.broken()).isEmpty();
            assertThat(project(form.provider()).resolve("leap.py")).hasContent(MENDED);
        }
    }

    private static final String LAST_STEP = "Agent executed: bash, edit_file";

    @ParameterizedTest
    @EnumSource
    void faults_on_the_way_change_nothing(WrittenStream form) throws Exception {
        var wanted = Essence.of(run("script", TASK.saveIn(folder), "").json());
        try (var service = new ScriptedServer(form.rules())) {
            var turns = TASK.turns();
            service.plays(
                    Play.refusal(429, "{}").with("retry-after", "1"), whole(form, turns.get(0)));
            service.plays(Play.refusal(529, "<html>busy</html>"), whole(form, turns.get(1)));
            var last = whole(form, turns.get(2));
            service.plays(last.cutAt(last.length() / 2, End.LOST), Play.reply("{{{\n\n"), last);

            var finished = run(form, service);

            assertThat(finished.code()).as(finished.err()).isZero();
            assertThat(finished.err().lines().filter(it -> it.contains("asking again"))).hasSize(4);
            assertThat(Essence.of(finished.json())).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_done_before_a_provider_gives_up_is_kept(WrittenStream form) throws Exception {
        try (var service = new ScriptedServer(form.rules())) {
            var turns = TASK.turns();
            service.plays(whole(form, turns.get(0)), whole(form, turns.get(1)));
            service.plays(Play.refusal(401, "{}"));

            var finished = run(form, service);

            assertThat(finished.code()).as(finished.err()).isEqualTo(3);
            var report = finished.json();
            assertThat(report.path("outcome").asText()).isEqualTo("failed");
            assertThat(report.path("checkpoints").findValuesAsText("message"))
                    .containsExactly("Initial snapshot", LAST_STEP);

            service.plays(whole(form, turns.get(2)));
            var again = run(form, service, "--resume", report.path("session").asText());
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.json().path("text").asText()).isEqualTo("Mended.");
            assertThat(again.json().path("changes")).isEqualTo(report.path("changes"));
            assertThat(service.broken()).isEmpty();
        }
    }

    /** The smallest PNG with a dot in it. */
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @ParameterizedTest
    @EnumSource
    void a_picture_is_seen_again_when_the_session_goes_on(WrittenStream form) throws Exception {
        var dot = Files.write(folder.resolve("dot.txt"), Base64.getDecoder().decode(DOT));
        try (var service = new ScriptedServer(form.rules())) {
            var said = Play.reply(form.of(TASK.turns().getLast()));
            service.plays(said, said);

            var first = run(form, service, "--path", exercise("dot"), "--attach", dot.toString());
            assertThat(first.code()).as(first.err()).isZero();
            Files.delete(dot);
            var again = run(form, service, "--resume", first.json().path("session").asText());

            assertThat(again.code()).as(again.err()).isZero();
            assertThat(service.broken()).isEmpty();
            assertThat(service.bodies())
                    .hasSize(2)
                    .allSatisfy(body -> assertThat(body.toString()).containsOnlyOnce(DOT));
        }
    }

    private static Play whole(WrittenStream form, JsonNode turn) {
        return Play.reply(form.of(turn));
    }

    private SafeCoder.Finished run(WrittenStream form, ScriptedServer service, String... more)
            throws IOException, InterruptedException {
        var model = form.provider() + "/some-model";
        return run(form.provider(), model, service.url() + form.path(), more);
    }

    private SafeCoder.Finished run(String name, String model, String url, String... more)
            throws IOException, InterruptedException {
        var program = new SafeCoder(folder.resolve("user"));
        if (!url.isEmpty()) {
            program.with("SAFE_CODER_LLM_BASE_URL", url).with("SAFE_CODER_LLM_API_KEY", "sk-1");
        }
        var arguments =
                new ArrayList<>(List.of("run", "-p", "The test fails.", "--output", "json"));
        arguments.addAll(List.of("--backend", "bubblewrap", "--apply", "clean", "--model", model));
        arguments.addAll(more.length == 0 ? List.of("--path", exercise(name)) : List.of(more));
        return program.run(arguments);
    }

    private Path project(String name) {
        return folder.resolve("project-" + name);
    }

    private String exercise(String name) throws IOException {
        var project = Files.createDirectories(project(name));
        Files.writeString(project.resolve("leap.py"), STUB);
        Files.writeString(project.resolve("test_leap.py"), TEST);
        return project.toString();
    }
}
