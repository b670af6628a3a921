package dev.safecoder.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Picture.Format;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A model at a server that plays its format, and what its tests need of one. */
abstract class ModelAtServer {
    static final String TEAM = "team-7-never-to-be-seen";
    protected static final String KEY = "sk-test-4242-never-to-be-seen";
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Picture DOT = new Picture("dot.png", Format.PNG, "iVBORw0KGgo=");
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Duration LONG = Duration.ofSeconds(60);

    protected ScriptedServer service;
    final List<Duration> waits = new ArrayList<>();
    final Heard heard = new Heard();

    /** What was told while a reply was made. */
    protected static final class Heard implements ModelListener {
        final StringBuilder text = new StringBuilder();
        final List<String> reasons = new ArrayList<>();

        @Override
        public void text(String more) {
            text.append(more);
        }

        @Override
        public void waiting(Duration time, String reason) {
            text.setLength(0);
            reasons.add(reason);
        }
    }

    protected abstract ScriptedServer service() throws IOException;

    protected abstract Model model(Endpoint endpoint, Patience patience);

    protected abstract String provider();

    protected abstract String keyVariable();

    /** Text, then a call of {@code bash}. */
    protected abstract String firstTurn();

    /** Two calls, {@code read_file} and {@code bash}, without text. */
    protected abstract String secondTurn();

    /** Text alone. */
    protected abstract String lastTurn();

    /** A call of {@code bash} whose input ends in the middle, by the limit of a reply. */
    protected abstract String cutTurn();

    /** The message {@code What is this?} with the picture {@code DOT}. */
    protected abstract String pictured();

    /** The body of a refusal. */
    protected abstract String refusal(String code, String words);

    @BeforeEach
    void start() throws IOException {
        service = service();
    }

    @AfterEach
    void stop() {
        assertThat(service.broken()).as("what the real service would reject").isEmpty();
        service.close();
    }

    protected Endpoint endpoint(URI url) {
        return new Endpoint(
                provider(),
                "some-model",
                url,
                Optional.of(new ApiKey(KEY)),
                keyVariable(),
                Optional.empty(),
                Map.of("X-Team", new ApiKey(TEAM)));
    }

    Model model() {
        return model(LONG);
    }

    Model model(Duration silence) {
        var patience =
                new Patience(
                        2,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(120),
                        silence,
                        new Random(1),
                        waits::add);
        return model(endpoint(service.url()), patience);
    }

    protected static Conversation conversation(Message... messages) {
        var schema = NODES.objectNode().put("type", "object");
        schema.putObject("properties").putObject("command").put("type", "string");
        return new Conversation(
                "You mend programs.",
                List.of(
                        new ToolDefinition("bash", "Runs a command.", schema),
                        new ToolDefinition("read_file", "Reads a file.", schema)),
                List.of(messages));
    }

    static Conversation begun() {
        return conversation(new Message.UserText("Mend the test."));
    }

    Reply ask(Model model, Conversation conversation) throws InterruptedException {
        return model.ask(conversation, heard);
    }

    static ObjectNode command(String command) {
        return NODES.objectNode().put("command", command);
    }

    /** The first is refused, the others are met. */
    protected static Message answers(Reply reply) {
        var answers = new ArrayList<ToolAnswer>();
        for (var request : reply.requests()) {
            var outcome = answers.isEmpty() ? Outcome.REFUSED : Outcome.DONE;
            answers.add(new ToolAnswer(request.id(), "half \ud83d of it", outcome));
        }
        return new Message.ToolAnswers(answers);
    }

    void fails(String problem, String remedy) {
        var failure = catchThrowableOfType(RemoteException.class, () -> ask(model(), begun()));

        assertThat(failure.problem()).isEqualTo(problem);
        assertThat(failure.remedy()).isEqualTo(remedy);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(KEY);
    }
}
