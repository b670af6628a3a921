package dev.safecoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Copies a project for one session, several files at a time. Every file is a new inode, never a
 * hard link. The target is a folder of ours that nothing of the agent's can reach yet.
 */
final class TreeCopy {
    private static final int AT_ONCE = 8;

    private final Project project;
    private final Masks masks;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final boolean unix;

    TreeCopy(Project project, Masks masks) {
        this.project = project;
        this.masks = masks;
        this.unix = UnixFile.isUnix(project.folder());
    }

    /** Copies into an empty folder; returns what was hidden. */
    List<String> into(Path target) throws IOException, InterruptedException {
        var copies = new ArrayList<Future<?>>();
        var folders = new ArrayList<Path>();
        List<String> hidden;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hidden =
                    new ProjectWalk(project, masks)
                            .walk(
                                    new ProjectWalk.Visitor() {
                                        @Override
                                        public void folder(Path relative) throws IOException {
                                            Files.createDirectory(target.resolve(relative));
                                            folders.add(relative);
                                        }

                                        @Override
                                        public void file(Path relative, BasicFileAttributes seen) {
                                            copies.add(
                                                    threads.submit(
                                                            () -> {
                                                                copy(relative, target);
                                                                return null;
                                                            }));
                                        }

                                        @Override
                                        public void link(Path relative) throws IOException {
                                            copyLink(relative, target);
                                        }
                                    });
            for (var copy : copies) {
                copy.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
        }
        for (var relative : folders.reversed()) {
            finish(relative, target);
        }
        return hidden;
    }

    private void copy(Path relative, Path target) throws IOException, InterruptedException {
        slots.acquire();
        try {
            Files.copy(
                    project.folder().resolve(relative),
                    target.resolve(relative),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
            own(target.resolve(relative));
        } finally {
            slots.release();
        }
    }

    private void copyLink(Path relative, Path target) throws IOException {
        var link = Files.readSymbolicLink(project.folder().resolve(relative));
        own(Files.createSymbolicLink(target.resolve(relative), link));
    }

    /** A folder's mode comes last: a read-only one could not be filled. */
    private void finish(Path relative, Path target) throws IOException {
        if (unix) {
            var mode =
                    Files.getPosixFilePermissions(
                            project.folder().resolve(relative), LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(target.resolve(relative), mode);
        }
        own(target.resolve(relative));
    }

    private void own(Path copy) throws IOException {
        if (unix) {
            SessionTree.own(copy, project.uid(), project.gid());
        }
    }
}
