package dev.safecoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user's own tree: its real folder and its owner. Read-only to this package. */
public record Project(Path folder, int uid, int gid) {
    /**
     * The project at a folder that a user named.
     *
     * @throws WorkspaceException when it is no readable folder, or no folder to be given to an
     *     agent
     */
    public static Project at(Path named) {
        try {
            var folder = named.toRealPath();
            if (!Files.isDirectory(folder)) {
                throw WorkspaceException.noProject(named, "it is not a folder");
            }
            if (folder.getParent() == null) {
                throw WorkspaceException.noProject(named, "it is the root of the file system");
            }
            if (!Files.isReadable(folder)) {
                throw WorkspaceException.noProject(named, "it is not readable");
            }
            var seen = UnixFile.at(folder);
            return new Project(folder, seen.uid(), seen.gid());
        } catch (IOException cause) {
            throw WorkspaceException.noProject(named, "there is no such folder");
        }
    }
}
