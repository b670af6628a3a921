package dev.safecoder.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.history.History;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.tool.CommandRules;
import dev.safecoder.tool.Toolbox;
import dev.safecoder.workspace.Masks;
import dev.safecoder.workspace.Observer;
import dev.safecoder.workspace.Originals;
import dev.safecoder.workspace.Project;
import dev.safecoder.workspace.ScanBudget;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The loop over the real tools and the real guest, which runs as a child process on a folder of the
 * test's, without a wall.
 */
final class LoopBench implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final ScriptedReplies model = new ScriptedReplies();
    final List<String> heard = new ArrayList<>();
    private final Map<String, Runnable> acts = new HashMap<>();
    final Transcript transcript;
    final Ledger ledger;
    private final Path workspace;
    private final Guest guest;
    private final Toolbox toolbox;
    private final History history;
    private final Recorder recorder;

    LoopBench(Path temp) throws IOException, InterruptedException {
        var project = Files.createDirectory(temp.resolve("project"));
        var scratch = Files.createDirectory(temp.resolve("scratch"));
        workspace = Files.createDirectory(temp.resolve("workspace"));
        guest = RealGuest.connect(scratch, workspace);
        toolbox = new Toolbox(guest, CommandRules.within(Duration.ofMinutes(1)));
        history = History.create(temp.resolve("history"), InstantSource.system().instant());
        var originals = new Originals(Project.at(project), Originals.timeNow(scratch));
        var observer =
                new Observer(guest, originals, Masks.DEFAULT, history::store, ScanBudget.DEFAULT);
        recorder = new Recorder(observer, history, InstantSource.system());
        transcript = new Transcript(temp.resolve("conversation.jsonl"));
        ledger = new Ledger(transcript, new Conversation("", toolbox.definitions(), List.of()));
        ledger.keep(new Message.UserText("Mend it."));
    }

    Optional<Limit> run() throws IOException, InterruptedException {
        return run(limits(Optional.empty()));
    }

    Optional<Limit> run(Agent.Limits limits) throws IOException, InterruptedException {
        var hearing = new Hearing();
        var dialogue = new Dialogue(model, limits.context(), ledger, hearing);
        return new AgentLoop(
                        dialogue,
                        ledger,
                        toolbox,
                        recorder,
                        hearing,
                        limits,
                        InstantSource.system())
                .run();
    }

    /** 30 replies, and this many dollars. */
    static Agent.Limits limits(Optional<String> dollars) {
        return new Agent.Limits(
                30, Optional.empty(), dollars.map(BigDecimal::new), OptionalLong.empty());
    }

    /** A reply with one call; single quotes in the input stand for double ones. */
    static Reply calling(String tool, String input) {
        return new Reply("", List.of(request("call_1", tool, input)), Usage.NONE);
    }

    static ToolRequest request(String id, String tool, String input) {
        return new ToolRequest(id, tool, json(input.replace('\'', '"')));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    /** Does this when a call has ended, on the loop's thread. */
    void atEvent(String event, Runnable act) {
        acts.put(event, act);
    }

    /** The answers to the latest reply. */
    List<ToolAnswer> answers() {
        var messages = ledger.conversation().messages();
        for (var message : messages.reversed()) {
            if (message instanceof Message.ToolAnswers(var answers)) {
                return answers;
            }
        }
        throw new AssertionError("no tool was called: " + messages);
    }

    Path file(String name) {
        return workspace.resolve(name);
    }

    @Override
    public void close() throws IOException {
        toolbox.close();
        guest.close();
        history.close();
    }

    /** Writes down what comes to be. */
    private final class Hearing implements SessionListener {
        @Override
        public void text(String more) {
            heard.add("text " + more);
        }

        @Override
        public void replied(Usage usage) {}

        @Override
        public void toolStarted(ToolRequest request) {
            heard.add("started " + request.id());
        }

        @Override
        public void toolEnded(ToolCall call) {
            heard.add("ended " + call.request().id());
            acts.getOrDefault(heard.getLast(), () -> {}).run();
        }

        @Override
        public void checkpointTaken(Checkpoint checkpoint) {
            heard.add(checkpoint.subject());
        }

        @Override
        public void note(String line) {
            heard.add("note " + line);
        }
    }
}
