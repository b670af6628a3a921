package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"1.41, 1.41", "1.44, 1.44", "1.52, 1.44", "1.40, 1.40"})
    void the_api_version_is_one_that_both_know(String theirs, String agreed) throws Exception {
        var path = "GET /v%s/info".formatted(agreed);
        var answers =
                Map.of(
                        "GET /_ping",
                        ScriptedEngine.ping(theirs),
                        path,
                        ScriptedEngine.json(200, "{\"NCPU\":3}"));
        try (var scripted = ScriptedEngine.at(folder.resolve("s"), answers)) {
            var engine = Engine.reach(scripted.address());
            assertThat(engine.info().path("NCPU").asInt()).isEqualTo(3);
            assertThat(engine.server()).isEqualTo("Docker/1.2.3");
            assertThat(scripted.requests()).isEqualTo(List.of("GET /_ping", path));
        }
    }

    @Test
    void a_body_in_chunks_is_put_together() throws Exception {
        var answer =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\n{\"NCP\r\n5;x=y\r\nU\":7}\r\n0\r\n\r\n";
        assertThat(ask(answer).info().path("NCPU").asInt()).isEqualTo(7);
    }

    @Test
    void a_body_without_a_length_ends_with_the_connection() throws Exception {
        assertThat(ask("HTTP/1.0 200 OK\r\n\r\n{\"NCPU\":9}").info().path("NCPU").asInt())
                .isEqualTo(9);
    }

    @Test
    void what_an_engine_refuses_is_told_in_its_words() throws Exception {
        var engine = ask(ScriptedEngine.json(500, "{\"message\":\"the disk is on fire\"}"));
        assertThatThrownBy(engine::info)
                .isInstanceOf(EngineRefusal.class)
                .hasMessage("the disk is on fire");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort",
                ""
            })
    void an_answer_that_is_none_is_a_failure_not_a_hang(String answer) throws Exception {
        var engine = ask(answer);
        assertThatThrownBy(() -> Deadline.within(Duration.ofSeconds(5), engine::info))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_engine_that_does_not_answer_is_given_up() throws Exception {
        var socket = folder.resolve("silent");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(
                            () ->
                                    Deadline.within(
                                            Duration.ofMillis(200),
                                            () -> Engine.reach(new EngineAddress.Unix(socket))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer within 0.2 s");
        }
    }

    private Engine ask(String answer) throws IOException {
        var answers = Map.of("GET /_ping", ScriptedEngine.ping("1.41"), "GET /v1.41/info", answer);
        return Engine.reach(ScriptedEngine.at(folder.resolve("s"), answers).address());
    }
}
