package dev.safecoder.app;

import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The walls that this version knows, in order of preference, and the choice among them. */
public final class Backends {
    private final List<Backend> known;
    private final String system;

    /**
     * @param known best first
     * @param system the operating system as people know it, such as {@code linux}
     */
    Backends(List<Backend> known, String system) {
        this.known = List.copyOf(known);
        this.system = system;
    }

    /** A backend that is going to be used, and one line on why. */
    public record Choice(Backend backend, String line) {}

    /** All of them, best first. */
    public List<Backend> all() {
        return known;
    }

    /** The one with this name, when this version has it. */
    public Optional<Backend> find(BackendName name) {
        return known.stream().filter(it -> it.name() == name).findFirst();
    }

    /**
     * The wanted one, or the first that would start.
     *
     * @param wanted empty for {@code auto}
     * @throws SandboxException when the wanted one, or none at all, would start; there is no
     *     falling back from a name
     */
    public Choice choose(Optional<BackendName> wanted) throws InterruptedException {
        return wanted.isPresent() ? named(wanted.get()) : first();
    }

    private Choice named(BackendName name) throws InterruptedException {
        var backend = find(name).orElseThrow(() -> SandboxException.unknown(name, names()));
        return switch (backend.availability()) {
            case Availability.Usable(var reason) ->
                    new Choice(backend, "Using %s (%s)".formatted(name.title(), reason));
            case Availability.Unusable why -> throw SandboxException.unusable(name, why);
        };
    }

    private String names() {
        return known.stream().map(it -> it.name().toString()).collect(Collectors.joining(", "));
    }

    private Choice first() throws InterruptedException {
        var passedOver = new ArrayList<String>();
        var remedies = new ArrayList<String>();
        for (var backend : known) {
            switch (backend.availability()) {
                case Availability.Usable _ -> {
                    return new Choice(
                            backend,
                            "Auto-selected %s (%s)"
                                    .formatted(backend.name().title(), reasons(passedOver)));
                }
                case Availability.Unusable(var reason, var remedy) -> {
                    passedOver.add("%s: %s".formatted(backend.name().title(), brief(reason)));
                    remedies.add(remedy);
                }
            }
        }
        throw SandboxException.noneUsable(passedOver, remedies);
    }

    /** Without the details that an engine adds after a colon; the doctor tells all. */
    private static String brief(String reason) {
        int details = reason.indexOf(": ");
        return details < 0 ? reason : reason.substring(0, details);
    }

    private String reasons(List<String> passedOver) {
        return passedOver.isEmpty() ? system : system + "; " + String.join("; ", passedOver);
    }
}
