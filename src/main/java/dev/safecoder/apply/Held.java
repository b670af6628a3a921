package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a path held or will hold, as the journal knows it. Rights are those to be had exactly; where
 * there are none, a new file or folder gets 0644 or 0755, cut by the user's umask, and the
 * project's owner.
 */
sealed interface Held {
    record File(BlobId blob, long size, boolean executable, Optional<Rights> rights)
            implements Held {
        /** The same with the rights of a file that it replaces, but for what becomes executable. */
        File keepingRights(HostEntry of) {
            boolean keepsBit = of.isExecutable() == executable;
            var theirs = keepsBit ? of.rights() : of.rights().executable(executable);
            return new File(blob, size, executable, Optional.of(rights.orElse(theirs)));
        }
    }

    /**
     * A symlink.
     *
     * @param target its bytes, each as one character
     */
    record Link(String target) implements Held {
        static Link of(byte[] target) {
            return new Link(new String(target, StandardCharsets.ISO_8859_1));
        }

        byte[] bytes() {
            return target.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    record Folder(Optional<Rights> rights) implements Held {}
}
