package dev.safecoder.app;

import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.apply.Applier;
import dev.safecoder.apply.Recovered;
import dev.safecoder.configuration.Configuration;
import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.configuration.Settings;
import dev.safecoder.configuration.SettingsOption;
import dev.safecoder.history.History;
import dev.safecoder.history.NewBranch;
import dev.safecoder.model.Model;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.session.Agent;
import dev.safecoder.session.SessionId;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.SessionStore;
import dev.safecoder.tool.AddedTools;
import dev.safecoder.tool.CommandRules;
import dev.safecoder.tool.Toolbox;
import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The parts of the program, put together. */
public final class Application {
    private final Surroundings surroundings;
    private final Path state;
    private final SessionStore sessions;

    /** Hears what becomes of the user's MCP servers; a line each time. */
    public interface McpListener {
        /** A server is about to run outside of the wall. */
        void outside(String line);

        /** A server's tools are there. */
        void ready(String line);

        /** Something is not there: which, why, and what to do. */
        void trouble(String line);
    }

    public Application(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.state = surroundings.places().stateFolder();
        this.sessions = new SessionStore(state, surroundings.host());
    }

    /** The settings in force with these options. */
    public Settings settings(Map<SettingsOption, String> options) {
        return Configuration.load(surroundings.places(), options).settings();
    }

    public SessionStore sessions() {
        return sessions;
    }

    /** The walls of this version, set up as the settings say. */
    public Backends backends(Settings settings) {
        return BackendRegistry.of(settings, surroundings);
    }

    /** What starts sessions with these settings. */
    public SessionStart starter(Settings settings) {
        return new SessionStart(surroundings, backends(settings), sessions, state);
    }

    /** Who tells what the walls are worth here. */
    public Doctor doctor(Settings settings) {
        return new Doctor(surroundings, settings, state);
    }

    /** Who measures what sessions cost here. */
    public Bench bench(Settings settings) {
        return new Bench(surroundings, settings);
    }

    /** The model that the settings name; one with a price where the cost is limited. */
    public Model model(Settings settings) {
        var model = Models.open(settings.llm(), surroundings);
        if (settings.budget().cost().isPresent() && !model.isPriced()) {
            throw ConfigurationException.noPrice(model.name());
        }
        return model;
    }

    /** The files of the session's project that tell an agent something. */
    public List<String> instructionFiles(Started started, Settings settings) {
        return instructions(started, settings).paths();
    }

    private ProjectInstructions instructions(Started started, Settings settings) {
        return ProjectInstructions.of(
                started.session().record().project(),
                surroundings.places().workingFolder(),
                settings.workspace().masks());
    }

    /** Puts a model to work in a session, with our own tools. */
    public Agent agent(Started started, Model model, Settings settings) throws IOException {
        return agent(started, model, settings, AddedTools.none());
    }

    /** The same with the tools of the user's MCP servers, which end with the agent. */
    public Agent agent(Started started, Model model, Settings settings, McpListener listener)
            throws IOException, InterruptedException {
        if (settings.mcpServers().isEmpty()) {
            return agent(started, model, settings);
        }
        var added =
                new Mcp(surroundings, listener)
                        .start(
                                settings.mcpServers(),
                                started.session().sandbox().guest(),
                                started.session().record().project());
        var working = false;
        try {
            var agent = agent(started, model, settings, added);
            working = true;
            return agent;
        } finally {
            if (!working) {
                added.close();
            }
        }
    }

    private Agent agent(Started started, Model model, Settings settings, AddedTools added)
            throws IOException {
        var rules = CommandRules.within(settings.budget().commandTimeout());
        var toolbox = new Toolbox(started.session().sandbox().guest(), rules, added);
        var deadline = settings.budget().sessionTimeout().map(surroundings.clock().instant()::plus);
        return new Agent(
                started.session(),
                model,
                toolbox,
                started.folder().transcript(),
                SystemPrompt.of(started, instructions(started, settings)),
                new Agent.Limits(
                        settings.budget().turns(),
                        deadline,
                        settings.budget().cost().map(BigDecimal::valueOf),
                        context(settings)));
    }

    private static OptionalLong context(Settings settings) {
        return settings.llm().context().stream().mapToLong(Integer::longValue).findFirst();
    }

    /** The changes of a session that has ended, and the way of them to the project. */
    public Delivery delivery(SessionRecord record) throws IOException {
        return new Delivery(record, sessions.folder(record.id()), applier(_ -> {}));
    }

    /** A branch for a session's changes, by whoever the user's git says. */
    public NewBranch branch(String name, SessionRecord record) {
        return new NewBranch(
                name,
                "Changes of Safe Coder session " + record.id(),
                surroundings.clock().instant(),
                surroundings.places().gitConfigFiles());
    }

    /** The checkpoints and contents of a session as they are now, also while it runs. */
    public History history(SessionRecord record) throws IOException {
        return History.view(sessions.folder(record.id()).history());
    }

    /**
     * Finishes what processes that died left behind: their sandboxes end, their workspaces go, a
     * write to a project that was cut off is completed or taken back. Returns a line for each.
     */
    public List<String> recover() throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        applier(recovered -> lines.add(RecoveryText.of(recovered))).recover();
        var orphans = sessions.orphans();
        if (orphans.isEmpty()) {
            return lines;
        }
        reap(orphans);
        for (var orphan : orphans) {
            var folder = sessions.folder(orphan.id());
            SessionTree.at(folder.workspace()).remove();
            SessionTree.at(folder.scratch()).remove();
            sessions.markInterrupted(orphan);
            lines.add(
                    "Session %s was cut off; what it had recorded can be reviewed with `safe-coder log %s`"
                            .formatted(orphan.id(), orphan.id()));
        }
        return lines;
    }

    /** What a session's end tidies up besides its own; returns a line for each thing that went. */
    public List<String> tidy(Settings settings) {
        return housekeeping().retire(settings.budget().keep());
    }

    /**
     * Throws a session that does not run into the trash.
     *
     * @return what the trash had to let go for good
     */
    public List<SessionId> discard(SessionRecord record) throws IOException {
        var gone = sessions.discard(record, surroundings.clock().instant());
        if (!gone.isEmpty()) {
            housekeeping().forgetApplies();
        }
        return gone;
    }

    /** Deletes a session that does not run for good, with what its applies kept for an undo. */
    public void delete(SessionRecord record) throws IOException {
        housekeeping().delete(sessions.folder(record.id()), () -> sessions.delete(record));
    }

    /** The same for one in the trash. */
    public void deleteFromTrash(SessionRecord record) throws IOException {
        var trash = sessions.trash();
        housekeeping().delete(trash.folder(record), () -> trash.delete(record));
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(sessions, applier(_ -> {}), surroundings.clock());
    }

    private Applier applier(Consumer<Recovered> listener) {
        return new Applier(state, surroundings.clock(), listener);
    }

    private void reap(List<SessionRecord> orphans) throws InterruptedException {
        var all = backends(settings(Map.of()));
        var names = new TreeSet<BackendName>();
        orphans.forEach(orphan -> names.add(orphan.backend()));
        for (var name : names) {
            var backend = all.find(name);
            if (backend.isPresent()) {
                backend.get().reap(state);
            }
        }
    }

    /**
     * The whole environment of a command that the user runs inside.
     *
     * @param terminal the terminal's name, when it has one
     */
    public Map<String, String> commandEnvironment(Optional<String> terminal) {
        var environment = new HashMap<>(CommandRules.plainEnvironment());
        terminal.ifPresent(name -> environment.put("TERM", name));
        return environment;
    }
}
