package dev.safecoder.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Walks the project without following links, leaves out what is masked, and says what that was. */
final class ProjectWalk {
    private final Project project;
    private final Masks masks;
    private final List<String> hidden = new ArrayList<>();

    ProjectWalk(Project project, Masks masks) {
        this.project = project;
        this.masks = masks;
    }

    /** Takes each folder before its content. */
    interface Visitor {
        void folder(Path relative) throws IOException;

        void file(Path relative, BasicFileAttributes attributes) throws IOException;

        void link(Path relative) throws IOException;
    }

    /** Walks everything but the root itself and special files; returns what was hidden. */
    List<String> walk(Visitor visitor) throws IOException {
        var root = project.folder();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes seen)
                            throws IOException {
                        if (dir.equals(root)) {
                            return FileVisitResult.CONTINUE;
                        }
                        if (hides(dir)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        visitor.folder(root.relativize(dir));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        if (seen.isOther() || hides(file)) {
                            return FileVisitResult.CONTINUE;
                        }
                        if (seen.isSymbolicLink()) {
                            visitor.link(root.relativize(file));
                        } else {
                            visitor.file(root.relativize(file), seen);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return List.copyOf(hidden);
    }

    private boolean hides(Path path) {
        if (!masks.hidesName(path.getFileName().toString())) {
            return false;
        }
        hidden.add(project.folder().relativize(path).toString());
        return true;
    }
}
