package dev.safecoder.app;

import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Guarantee;
import java.util.List;
import java.util.Optional;

/**
 * What one backend is worth on this machine.
 *
 * @param reason what was found, or why it would not start
 * @param remedy how to make it usable; empty when it is
 * @param guarantees proved in a running sandbox; none when there was none
 */
public record Diagnosis(
        BackendName name,
        boolean usable,
        String reason,
        Optional<String> remedy,
        List<Guarantee> guarantees) {
    public Diagnosis {
        guarantees = List.copyOf(guarantees);
    }
}
