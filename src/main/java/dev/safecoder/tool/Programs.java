package dev.safecoder.tool;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the sandbox's image has the programs that tools use, looked up once each. */
final class Programs {
    private static final List<String> FOLDERS = List.of("/bin/", "/usr/bin/", "/usr/local/bin/");

    /** The one program that every image has. */
    static final String POSIX_SHELL = "/bin/sh";

    private final Guest guest;
    private final List<String> folders;
    private final Map<String, Optional<String>> found = new ConcurrentHashMap<>();

    Programs(Guest guest) {
        this(guest, FOLDERS);
    }

    Programs(Guest guest, List<String> folders) {
        this.guest = guest;
        this.folders = folders;
    }

    /** bash where the image has it, else its POSIX shell. */
    String shell() throws InterruptedException {
        return find("bash").orElse(POSIX_SHELL);
    }

    Optional<String> find(String name) throws InterruptedException {
        var known = found.get(name);
        if (known == null) {
            known = look(name);
            found.put(name, known);
        }
        return known;
    }

    private Optional<String> look(String name) throws InterruptedException {
        var places = folders.stream().map(folder -> folder + name).toList();
        var entries =
                guest.stat(
                        places.stream()
                                .map(place -> place.getBytes(StandardCharsets.UTF_8))
                                .toList());
        for (int at = 0; at < places.size(); at++) {
            var kind = entries.get(at).kind();
            if (kind == Entry.Kind.FILE || kind == Entry.Kind.SYMLINK) {
                return Optional.of(places.get(at));
            }
        }
        return Optional.empty();
    }
}
