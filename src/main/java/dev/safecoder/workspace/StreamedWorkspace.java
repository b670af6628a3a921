package dev.safecoder.workspace;

import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ScanRequest;
import dev.safecoder.guest.WriteAnswer;
import dev.safecoder.guest.WriteRequest;
import dev.safecoder.sandbox.WorkspaceMount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The project written through the guest into a volume of an engine that sees no folder of ours. */
final class StreamedWorkspace implements Workspace {
    private static final int AT_ONCE = 16;

    private final Project project;
    private final Masks masks;
    private final Semaphore slots = new Semaphore(AT_ONCE);

    StreamedWorkspace(Project project, Masks masks) {
        this.project = project;
        this.masks = masks;
    }

    @Override
    public WorkspaceMode mode() {
        return WorkspaceMode.STREAM;
    }

    @Override
    public WorkspaceMount mount() {
        return new WorkspaceMount.Streamed();
    }

    @Override
    public List<String> enter(Guest guest) throws IOException, InterruptedException {
        var writes = new ArrayList<Future<?>>();
        List<String> hidden;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hidden =
                    new ProjectWalk(project, masks)
                            .walk(
                                    new ProjectWalk.Visitor() {
                                        @Override
                                        public void folder(Path relative) {
                                            writes.add(
                                                    threads.submit(
                                                            () -> sendFolder(guest, relative)));
                                        }

                                        @Override
                                        public void file(Path relative, BasicFileAttributes seen) {
                                            writes.add(
                                                    threads.submit(
                                                            () ->
                                                                    sendFile(
                                                                            guest,
                                                                            relative,
                                                                            seen.size())));
                                        }

                                        @Override
                                        public void link(Path relative) {
                                            writes.add(
                                                    threads.submit(
                                                            () -> sendLink(guest, relative)));
                                        }
                                    });
            for (var write : writes) {
                write.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof WorkspaceException ours) {
                throw ours;
            }
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
        }
        var all = new ArrayList<>(hidden);
        all.addAll(GitCredentials.hide(project, guest));
        guest.scan(ScanBudget.DEFAULT.request(ScanRequest.Extent.BASELINE), (_, _) -> {});
        return all;
    }

    @Override
    public void remove() {
        // The volume went with the container.
    }

    private Path sendFolder(Guest guest, Path relative) throws IOException, InterruptedException {
        return send(guest, WriteRequest.Kind.FOLDER, relative, 0, InputStream.nullInputStream());
    }

    private Path sendFile(Guest guest, Path relative, long size)
            throws IOException, InterruptedException {
        try (var content = Files.newInputStream(project.folder().resolve(relative))) {
            return send(guest, WriteRequest.Kind.FILE, relative, size, content);
        }
    }

    private Path sendLink(Guest guest, Path relative) throws IOException, InterruptedException {
        var target =
                Files.readSymbolicLink(project.folder().resolve(relative))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        return send(
                guest,
                WriteRequest.Kind.SYMLINK,
                relative,
                target.length,
                new ByteArrayInputStream(target));
    }

    private Path send(
            Guest guest, WriteRequest.Kind kind, Path relative, long size, InputStream content)
            throws IOException, InterruptedException {
        slots.acquire();
        try {
            var name = relative.toString().getBytes(StandardCharsets.UTF_8);
            var request = new WriteRequest(kind, name, OptionalInt.of(mode(relative)), size);
            if (guest.write(request, content) instanceof WriteAnswer.Refused(int errno, var step)) {
                throw WorkspaceException.cannotStream(
                        relative.toString(), "%s gave errno %d".formatted(step, errno));
            }
            return relative;
        } finally {
            slots.release();
        }
    }

    private int mode(Path relative) throws IOException {
        return UnixFile.at(project.folder().resolve(relative)).mode() & 0777;
    }
}
