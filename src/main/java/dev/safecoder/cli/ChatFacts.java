package dev.safecoder.cli;

import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.session.Agent;
import dev.safecoder.session.ContextFill;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the last lines of a chat always show: the side of the wall, then that of the model. */
final class ChatFacts {
    private static final String BRANCH = "ref: refs/heads/";
    private static final int MOST_BYTES = 4_096;

    private final String model;
    private final Network network;
    private volatile @Nullable Session session;
    private volatile String context = "";

    private record Session(
            Started started,
            ChatListener listener,
            Agent agent,
            SandboxWatch watch,
            Optional<String> branch) {}

    ChatFacts(String model, Network network) {
        this.model = model;
        this.network = network;
    }

    /** What the sandbox reaches, in a word. */
    static String word(Network network) {
        return switch (network) {
            case NONE -> "none";
            case BRIDGE -> "BRIDGE";
        };
    }

    /** From now on there is a session to tell of. */
    void begin(Started started, ChatListener listener, Agent agent, SandboxWatch watch) {
        var project = started.session().record().project();
        session = new Session(started, listener, agent, watch, branch(project));
    }

    /** Takes a new look at what costs one; on the thread that works with the agent. */
    void refresh() {
        var now = session;
        if (now != null) {
            context = context(now.agent().context());
        }
    }

    /** A list for each line, of each the most important first. */
    List<List<String>> lines() {
        var now = session;
        return now == null
                ? List.of(List.of(), List.of(model))
                : List.of(ofTheWall(now), ofTheModel(now));
    }

    private List<String> ofTheWall(Session now) {
        var record = now.started().session().record();
        var facts = new ArrayList<String>();
        facts.add("%s, network %s".formatted(record.backend(), word(network)));
        facts.add("step %d".formatted(now.listener().step()));
        facts.add(Summary.counted(record.changes(), "changed file"));
        facts.addAll(now.watch().words());
        facts.add(record.workspace().toString());
        facts.add(record.id().toString());
        return facts;
    }

    private List<String> ofTheModel(Session now) {
        var facts = new ArrayList<>(List.of(model, context));
        var usage = now.listener().usage();
        usage.cost()
                .ifPresent(dollars -> facts.add("$" + dollars.setScale(2, RoundingMode.HALF_UP)));
        facts.add("%d tokens".formatted(usage.inputTokens() + usage.outputTokens()));
        now.branch().ifPresent(facts::add);
        return facts;
    }

    /** How full the context is, in words. */
    static String context(ContextFill fill) {
        return fill.window().isPresent() && fill.window().getAsLong() > 0
                ? "context %d %%".formatted(fill.tokens() * 100 / fill.window().getAsLong())
                : "context %d tokens".formatted(fill.tokens());
    }

    /** The project's branch, when its git folder says so. */
    static Optional<String> branch(Path project) {
        var head = project.resolve(".git").resolve("HEAD");
        try {
            if (!Files.isRegularFile(head, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(head) > MOST_BYTES) {
                return Optional.empty();
            }
            var line = Files.readString(head).strip();
            return line.startsWith(BRANCH)
                    ? Optional.of(line.substring(BRANCH.length()))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
