package dev.safecoder.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.anthropic.AnthropicModel;
import dev.safecoder.model.openai.ChatModel;
import dev.safecoder.model.openai.ResponsesModel;
import dev.safecoder.model.remote.ApiKey;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.ModelCatalog;
import dev.safecoder.model.remote.Patience;
import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that real services once gave (resources/recordings/NOTICE says where they are from). */
class RecordedStreamTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

    /** Of each recording in exchanges of their own; 0 is at every byte, which takes minutes. */
    private static final int SPLITS = Integer.getInteger("safecoder.splits", 300);

    private static final Conversation ASKED =
            new Conversation("", List.of(), List.of(new Message.UserText("Hello.")));

    private ScriptedServer service;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedServer((_, _, _) -> List.of());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Model model(String recording) {
        var url = service.url();
        var catalog = ModelCatalog.ofThisVersion();
        var patience = Patience.usual(new Random(1));
        if (recording.startsWith("anthropic")) {
            return AnthropicModel.at(endpoint(url.toString()), patience, catalog);
        }
        return recording.contains("responses")
                ? ResponsesModel.at(endpoint(url + "/v1"), patience, catalog)
                : ChatModel.at(endpoint(url + "/v1"), patience, catalog);
    }

    private static Endpoint endpoint(String url) {
        return new Endpoint(
                "recorded",
                "m",
                URI.create(url),
                Optional.of(new ApiKey("sk-recorded")),
                "RECORDED_API_KEY",
                Optional.empty());
    }

    /** A reply, and all that was heard of it, in order. */
    private record Course(Reply reply, List<String> events) {
        String all(String kind) {
            var text = new StringBuilder();
            events.stream()
                    .filter(it -> it.startsWith(kind))
                    .forEach(it -> text.append(it.substring(kind.length())));
            return text.toString();
        }

        JsonNode goesBack() {
            return reply.verbatim().orElseThrow().content();
        }
    }

    private Course course(Model model, Play play) throws InterruptedException {
        service.plays(play);
        var events = new ArrayList<String>();
        var reply =
                model.ask(
                        ASKED,
                        new ModelListener() {
                            @Override
                            public void text(String more) {
                                events.add("text:" + more);
                            }

                            @Override
                            public void thought(String more) {
                                events.add("thought:" + more);
                            }
                        });
        return new Course(reply, events);
    }

    private Course whole(String recording) throws IOException, InterruptedException {
        return course(model(recording), play(recording));
    }

    private static Play play(String recording) throws IOException {
        return Play.reply(
                Files.readString(RECORDINGS.resolve(recording + ".sse"), StandardCharsets.UTF_8));
    }

    /** At every byte in one exchange, and at some in exchanges of their own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-tool",
                "anthropic-thinking",
                "openai-responses-tool",
                "openai-responses-reasoning",
                "openai-chat-tool",
                "groq-chat-reasoning",
            })
    void a_recorded_stream_is_the_same_however_it_is_split(String recording) throws Exception {
        var model = model(recording);
        var play = play(recording);
        var whole = course(model, play);

        assertThat(whole.events().size() + whole.reply().requests().size()).isPositive();
        assertThat(course(model, play.inBytes())).isEqualTo(whole);
        int step = SPLITS == 0 ? 1 : 1 + play.length() / SPLITS;
        for (int first = 1; first < play.length(); first += step) {
            assertThat(course(model, play.splitAt(first)))
                    .as("split at byte %d", first)
                    .isEqualTo(whole);
        }
    }

    @Test
    void a_call_of_anthropics() throws Exception {
        var reply = whole("anthropic-tool").reply();

        assertThat(calls(reply))
                .containsExactly(
                        "toolu_01DoxA6XXQEf12XZeM869dvZ get_weather {\"location\":\"San Francisco, CA\"}");
        assertThat(reply.text()).isEmpty();
        assertThat(reply.usage()).isEqualTo(new Usage(567, 57));
    }

    @Test
    void thinking_of_anthropics_goes_back_signed() throws Exception {
        var course = whole("anthropic-thinking");

        assertThat(course.all("thought:"))
                .isEqualTo(
                        "The user has simply greeted me with \"Hello\". I should respond in a friendly and"
                                + " helpful manner, welcoming them and offering assistance.");
        assertThat(course.all("text:"))
                .isEqualTo(course.reply().text())
                .isEqualTo("Hello! How can I help you today?");
        assertThat(course.reply().usage()).isEqualTo(new Usage(36, 49));
        assertThat(course.goesBack().findValuesAsText("type")).containsExactly("thinking", "text");
        assertThat(course.goesBack().at("/0/thinking").asText()).isEqualTo(course.all("thought:"));
        assertThat(course.goesBack().at("/0/signature").asText())
                .startsWith("ErECCkYICRgCKkCrlDGITBnojhzNVClDprdkuVa1gfKbL5WReOqsHu8Ldw4MB9ov8jwI")
                .endsWith("T5jkYAQ==");
    }

    @Test
    void a_call_of_openais_goes_back_behind_its_reasoning() throws Exception {
        var course = whole("openai-responses-tool");

        assertThat(calls(course.reply()))
                .containsExactly(
                        "call_i6xKhAibHFyhNK5A858ausTW get_weather {\"location\":\"San Francisco, CA\"}");
        assertThat(course.goesBack().findValuesAsText("type"))
                .containsExactly("reasoning", "function_call");
        assertThat(course.reply().usage()).isEqualTo(new Usage(53, 33));
        assertThat(course.events()).isEmpty();
    }

    @Test
    void encrypted_reasoning_of_openais_goes_back_as_it_came() throws Exception {
        var course = whole("openai-responses-reasoning");

        assertThat(course.all("text:"))
                .isEqualTo(course.reply().text())
                .startsWith("In 2000, the **Sears Tower** (now the **Willis Tower**)");
        assertThat(course.reply().usage()).isEqualTo(new Usage(20, 282));
        assertThat(course.goesBack().at("/0/type").asText()).isEqualTo("reasoning");
        assertThat(course.goesBack().at("/0/encrypted_content").asText()).hasSize(2_276);
        assertThat(course.goesBack().at("/1/phase").asText()).isEqualTo("final_answer");
    }

    @Test
    void a_call_over_chat_completions_counts_though_the_end_says_stop() throws Exception {
        var reply = whole("openai-chat-tool").reply();

        assertThat(calls(reply))
                .containsExactly(
                        "call_9MmhpM34dYIcHt0SHUXsgZgN _Person {\"name\":\"Erick\",\"age\":27}");
        assertThat(reply.ending()).isEqualTo(Ending.WHOLE);
        assertThat(reply.usage()).isEqualTo(new Usage(78, 10));
    }

    @Test
    void reasoning_of_groqs_is_heard_and_what_it_ran_itself_is_no_call_of_ours() throws Exception {
        var course = whole("groq-chat-reasoning");

        assertThat(course.all("thought:")).startsWith("To calculate the square root");
        assertThat(course.all("text:")).isEqualTo(course.reply().text()).endsWith("89**.");
        assertThat(course.reply().requests()).isEmpty();
        assertThat(course.reply().verbatim()).isEmpty();
    }

    private static List<String> calls(Reply reply) {
        return reply.requests().stream()
                .map(it -> "%s %s %s".formatted(it.id(), it.name(), it.input()))
                .toList();
    }
}
