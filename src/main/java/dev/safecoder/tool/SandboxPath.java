package dev.safecoder.tool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A path as a tool takes it: relative to the workspace or absolute inside the sandbox, with {@code
 * .} and {@code ..} taken away by their letters. It is only ever opened inside the wall.
 *
 * @param place whether it lies in the workspace; {@code names} start there, or at the sandbox's
 *     root
 */
record SandboxPath(Place place, List<String> names) {
    private static final String WORKSPACE = "workspace";
    private static final int MOST_BYTES = 4_095;
    private static final int MOST_NAME_BYTES = 255;

    SandboxPath {
        names = List.copyOf(names);
    }

    /** Which tree a path lies in. */
    enum Place {
        /** What is checkpointed, reviewed and applied. */
        WORKSPACE,
        /** The sandbox's other files, gone with it. */
        ELSEWHERE
    }

    /** The path, or why it is none. */
    sealed interface Parsed {
        record Valid(SandboxPath path) implements Parsed {}

        record Invalid(String reason) implements Parsed {}
    }

    /** The workspace itself. */
    static SandboxPath workspace() {
        return new SandboxPath(Place.WORKSPACE, List.of());
    }

    static Parsed parse(String text) {
        var wrong = wrongWith(text);
        return wrong.isPresent()
                ? new Parsed.Invalid(
                        "the path '%s' cannot be used: %s"
                                .formatted(ModelText.cut(text, 100), wrong.get()))
                : new Parsed.Valid(resolved(text));
    }

    private static Optional<String> wrongWith(String text) {
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (text.indexOf('\0') >= 0) {
            return Optional.of("it holds a NUL character");
        }
        if (text.indexOf('\\') >= 0) {
            return Optional.of("it holds a backslash; folders are separated by '/'");
        }
        if (text.startsWith("~")) {
            return Optional.of("'~' has no meaning here; write the whole path");
        }
        if (bytes(text).length > MOST_BYTES) {
            return Optional.of("it is longer than 4,095 bytes");
        }
        for (var name : text.split("/")) {
            if (bytes(name).length > MOST_NAME_BYTES) {
                return Optional.of("it has a name longer than 255 bytes");
            }
        }
        return Optional.empty();
    }

    private static SandboxPath resolved(String text) {
        var names = new ArrayList<String>();
        if (!text.startsWith("/")) {
            names.add(WORKSPACE);
        }
        for (var name : text.split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return !names.isEmpty() && names.getFirst().equals(WORKSPACE)
                ? new SandboxPath(Place.WORKSPACE, names.subList(1, names.size()))
                : new SandboxPath(Place.ELSEWHERE, names);
    }

    /** What the guest is given: relative to its root in the workspace, absolute elsewhere. */
    byte[] forGuest() {
        return bytes(shown());
    }

    /** What stands before the names of its entries when it is a folder. */
    byte[] prefix() {
        if (names.isEmpty()) {
            return place == Place.WORKSPACE ? new byte[0] : bytes("/");
        }
        return bytes(shown() + "/");
    }

    /** A path below it. */
    SandboxPath resolve(List<String> below) {
        var all = new ArrayList<>(names);
        all.addAll(below);
        return new SandboxPath(place, all);
    }

    /** How answers write it: relative in the workspace, absolute elsewhere. */
    String shown() {
        var joined = String.join("/", names);
        return switch (place) {
            case WORKSPACE -> joined.isEmpty() ? "." : joined;
            case ELSEWHERE -> "/" + joined;
        };
    }

    /** The folder that holds it; empty for the top of its tree. */
    Optional<SandboxPath> parent() {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new SandboxPath(place, names.subList(0, names.size() - 1)));
    }

    /** Its last name; empty for the top of its tree. */
    String name() {
        return names.isEmpty() ? "" : names.getLast();
    }

    /**
     * Why a change of it never reaches the project, as a sentence for the model; empty when it can.
     */
    Optional<String> whyItStaysInside() {
        if (place == Place.ELSEWHERE) {
            return Optional.of(
                    "It lies outside /workspace: it will not be part of the changes and is gone"
                            + " with the sandbox.");
        }
        boolean inGit =
                names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(".git"));
        return inGit
                ? Optional.of("It lies under .git: it will not be part of the changes.")
                : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
