package dev.safecoder.app;

import dev.safecoder.app.Backends.Choice;
import dev.safecoder.app.SandboxSpecs.Purpose;
import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.configuration.Settings;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.GuestPrograms;
import dev.safecoder.history.History;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.Session;
import dev.safecoder.session.SessionFolder;
import dev.safecoder.session.SessionId;
import dev.safecoder.session.SessionListener;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.SessionStore;
import dev.safecoder.tool.CommandRules;
import dev.safecoder.workspace.Observer;
import dev.safecoder.workspace.Originals;
import dev.safecoder.workspace.Project;
import dev.safecoder.workspace.Restoration;
import dev.safecoder.workspace.ScanBudget;
import dev.safecoder.workspace.SessionTree;
import dev.safecoder.workspace.Workspace;
import dev.safecoder.workspace.WorkspaceMode;
import dev.safecoder.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * From a project to a session whose sandbox waits for its first command. Nothing is left of a start
 * that does not succeed.
 */
public final class SessionStart {
    private final Surroundings surroundings;
    private final Backends backends;
    private final SessionStore store;
    private final Path state;
    private final SandboxSpecs specs;

    SessionStart(Surroundings surroundings, Backends backends, SessionStore store, Path state) {
        this.surroundings = surroundings;
        this.backends = backends;
        this.store = store;
        this.state = state;
        this.specs = new SandboxSpecs(surroundings, state);
    }

    /**
     * What to start.
     *
     * @param model what the record calls the model; what runs when there is none
     * @param resumed the session that goes on, which has ended; empty for a new one
     */
    public record Request(
            Path project,
            Settings settings,
            String model,
            Session.Ending ending,
            SessionListener listener,
            StartListener progress,
            Optional<SessionRecord> resumed) {
        /** For a new session. */
        public Request(
                Path project,
                Settings settings,
                String model,
                Session.Ending ending,
                SessionListener listener,
                StartListener progress) {
            this(project, settings, model, ending, listener, progress, Optional.empty());
        }
    }

    /**
     * A session that is ready.
     *
     * @param hidden what of the project is masked
     * @param startMillis from the request to the guest's readiness
     */
    public record Started(
            Session session,
            SessionFolder folder,
            Choice choice,
            List<String> hidden,
            long startMillis)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            session.close();
        }
    }

    /** Where a session is to run. */
    private record Site(
            Project project, Workspaces workspaces, Backend backend, SessionFolder folder) {}

    /** The wall with the workspace in it, before anything runs inside. */
    private record Place(Sandbox sandbox, Workspace workspace, List<String> hidden) {
        void close() throws IOException {
            sandbox.close();
            workspace.remove();
        }
    }

    /**
     * Chooses the backend and starts it; the history is made meanwhile. A resumed session gets a
     * new sandbox over the project as it is now, with all that it had touched as it had left it.
     *
     * @throws dev.safecoder.fault.SafeCoderException when this cannot be done here
     */
    public Started start(Request request) throws IOException, InterruptedException {
        long began = surroundings.clock().millis();
        var project = Project.at(request.project());
        keepApart(project);
        try (var workspaces =
                Workspaces.of(
                        project,
                        request.settings().workspace().masks(),
                        GuestPrograms.install(state))) {
            return start(request, project, workspaces, began);
        }
    }

    private Started start(Request request, Project project, Workspaces workspaces, long began)
            throws IOException, InterruptedException {
        var choice = backends.choose(request.settings().backend());
        request.progress().progress(choice.line());
        var folder = folder(request);
        var started = false;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = Originals.timeNow(folder.folder());
            var history = threads.submit(() -> history(request, folder));
            var place = place(request, new Site(project, workspaces, choice.backend(), folder));
            try {
                var session = session(request, project, place, before, done(history), folder);
                started = true;
                long took = surroundings.clock().millis() - began;
                return new Started(session, folder, choice, place.hidden(), took);
            } finally {
                if (!started) {
                    place.close();
                }
            }
        } finally {
            if (!started && request.resumed().isEmpty()) {
                SessionTree.at(folder.folder()).remove();
            }
        }
    }

    private SessionFolder folder(Request request) throws IOException {
        if (request.resumed().isEmpty()) {
            return store.create(SessionId.random(surroundings.chance()));
        }
        store.requireEnded(request.resumed().get());
        var folder = store.folder(request.resumed().get().id());
        SessionTree.at(folder.workspace()).remove(); // one that was kept makes room for the new one
        SessionTree.at(folder.scratch()).remove();
        return folder;
    }

    private History history(Request request, SessionFolder folder) {
        return request.resumed().isPresent()
                ? History.open(folder.history())
                : History.create(folder.history(), surroundings.clock().instant());
    }

    private static History done(Future<History> made) throws IOException, InterruptedException {
        try {
            return made.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
        }
    }

    private Session session(
            Request request,
            Project project,
            Place place,
            FileTime before,
            History history,
            SessionFolder folder)
            throws IOException, InterruptedException {
        var observer =
                new Observer(
                        place.sandbox().guest(),
                        new Originals(project, before),
                        request.settings().workspace().masks(),
                        history::store,
                        ScanBudget.DEFAULT);
        if (request.resumed().isPresent()) {
            restore(place.sandbox().guest(), history);
            observer.remember(history.touched());
        }
        return new Session(
                record(request, project, place, folder),
                new Session.Live(
                        store,
                        folder,
                        place.sandbox(),
                        place.workspace(),
                        request.ending(),
                        observer,
                        history,
                        request.listener(),
                        surroundings.clock()));
    }

    private static void restore(Guest guest, History history)
            throws IOException, InterruptedException {
        var environment = CommandRules.plainEnvironment();
        var restored = false;
        try {
            new Restoration(guest, history, environment).restore(history.touched());
            restored = true;
        } finally {
            if (!restored) {
                history.close();
            }
        }
    }

    private SessionRecord record(
            Request request, Project project, Place place, SessionFolder folder) {
        var before = request.resumed();
        return new SessionRecord(
                folder.id(),
                project.folder(),
                place.sandbox().backend(),
                place.workspace().mode(),
                request.model(),
                before.map(SessionRecord::created).orElseGet(surroundings.clock()::instant),
                Owner.self(surroundings.host()),
                Outcome.RUNNING,
                before.map(SessionRecord::turns).orElse(0),
                before.map(SessionRecord::changes).orElse(0),
                before.map(SessionRecord::unknown).orElse(Map.of()),
                before.map(SessionRecord::refusals).orElse(List.of()));
    }

    private void keepApart(Project project) throws IOException {
        Files.createDirectories(state);
        var real = state.toRealPath();
        if (real.startsWith(project.folder()) || project.folder().startsWith(real)) {
            throw ConfigurationException.stateInProject(real, project.folder());
        }
    }

    /** Tries the modes in turn where the user named none; a named one works or is an error. */
    private Place place(Request request, Site site) throws IOException, InterruptedException {
        var wanted = request.settings().workspace().mode();
        List<Supplier<WorkspaceMode>> modes =
                wanted.isPresent()
                        ? List.of(wanted::get)
                        : site.workspaces()
                                .candidates(
                                        site.backend().mountSupport(), site.folder().workspace());
        for (var mode : modes.subList(0, modes.size() - 1)) {
            try {
                return place(request, site, mode.get());
            } catch (SandboxException cannot) {
                request.progress()
                        .progress(
                                "%s; trying another kind of workspace".formatted(cannot.problem()));
            }
        }
        return place(request, site, modes.getLast().get());
    }

    private Place place(Request request, Site site, WorkspaceMode mode)
            throws IOException, InterruptedException {
        if (mode != WorkspaceMode.OVERLAY) {
            request.progress().progress("Copying the project into the session ...");
        }
        var workspace = site.workspaces().prepare(mode, site.folder().workspace());
        var entered = false;
        try {
            var sandbox = site.backend().start(spec(request, site, workspace), request.progress());
            try {
                var hidden = workspace.enter(sandbox.guest());
                entered = true;
                return new Place(sandbox, workspace, hidden);
            } finally {
                if (!entered) {
                    sandbox.close();
                }
            }
        } finally {
            if (!entered) {
                workspace.remove();
                SessionTree.at(site.folder().scratch()).remove();
            }
        }
    }

    private SandboxSpec spec(Request request, Site site, Workspace workspace) throws IOException {
        var settings = request.settings();
        return specs.of(
                new Purpose(site.folder().id().text(), site.folder().scratch()),
                workspace.mount(),
                site.project(),
                settings.limitsOf(site.backend().name()),
                settings.containers().network());
    }
}
