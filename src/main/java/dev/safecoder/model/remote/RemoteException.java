package dev.safecoder.model.remote;

import dev.safecoder.model.ModelException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model behind an address gives no reply; no message holds a key. */
public final class RemoteException extends ModelException {
    private static final int LONGEST_WORDS = 500;

    private final Kind kind;
    private final Optional<Duration> retryAfter;

    /** What a caller can do about it. */
    private enum Kind {
        PASSES,
        STAYS,
        OVERFLOW
    }

    private RemoteException(
            Kind kind,
            Optional<Duration> retryAfter,
            String problem,
            String remedy,
            @Nullable Throwable cause) {
        super(problem, remedy, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** Whether asking again may help. */
    boolean passes() {
        return kind == Kind.PASSES;
    }

    /** How long the server wants to be left alone, when it said so. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The problem as a clause. */
    String reason() {
        return problem();
    }

    @Override
    public boolean isOverflow() {
        return kind == Kind.OVERFLOW;
    }

    /** The service is busy, or has a fault of its own. */
    public static RemoteException busy(
            Endpoint at, int status, String words, Optional<Duration> retryAfter) {
        return new RemoteException(
                Kind.PASSES,
                retryAfter,
                "%s cannot answer now (status %d%s)"
                        .formatted(at.provider(), status, said(at, words)),
                retryAfter
                        .map(time -> "wait %d s, then ask again".formatted(time.toSeconds()))
                        .orElse("ask again later, or choose another model with --model"),
                null);
    }

    /** The connection ended before the reply did. */
    public static RemoteException brokenOff(Endpoint at, String how, @Nullable Throwable cause) {
        return new RemoteException(
                Kind.PASSES,
                Optional.empty(),
                "The reply of %s broke off: %s".formatted(at.shownAddress(), how),
                "check the network, then ask again",
                cause);
    }

    /** What came is no reply in the provider's form. */
    public static RemoteException garbled(Endpoint at, String what) {
        return new RemoteException(
                Kind.PASSES,
                Optional.empty(),
                "%s sent what is no reply: %s".formatted(at.shownAddress(), what),
                "check that llm.base_url is an address of the provider '%s'"
                        .formatted(at.provider()),
                null);
    }

    /** No connection can be made. */
    public static RemoteException nobodyListens(Endpoint at, Throwable cause) {
        return new RemoteException(
                Kind.STAYS,
                Optional.empty(),
                "%s cannot be reached: %s".formatted(at.shownAddress(), reason(at, cause)),
                at.provider().equals("ollama")
                        ? "start it with `ollama serve`, or set llm.base_url to where it runs"
                        : "check the network, HTTPS_PROXY and llm.base_url",
                cause);
    }

    /** The key is not accepted. */
    public static RemoteException keyRefused(Endpoint at, String words) {
        return staying(
                "%s refuses the key%s".formatted(at.provider(), aside(at, words)),
                "set %s to a valid key".formatted(at.keyVariable()));
    }

    /** The account is empty or has reached its limit. */
    public static RemoteException noCredit(Endpoint at, String words) {
        return staying(
                "The %s account has no credit left%s".formatted(at.provider(), aside(at, words)),
                "add credit or raise the limit where the key is from, or set %s to another key"
                        .formatted(at.keyVariable()));
    }

    /** The service has no model of this name. */
    public static RemoteException unknownModel(Endpoint at, String words) {
        return staying(
                "%s has no model '%s'%s".formatted(at.provider(), at.model(), aside(at, words)),
                "name another with --model %s/NAME".formatted(at.provider()));
    }

    /** The model was not made to ask for tools. */
    public static RemoteException noTools(Endpoint at) {
        return staying(
                "'%s' cannot use tools, and an agent needs them".formatted(at.model()),
                "name a model that can with --model %s/NAME".formatted(at.provider()));
    }

    /** The conversation is longer than the model can read. */
    public static RemoteException overflow(Endpoint at, String words) {
        return new RemoteException(
                Kind.OVERFLOW,
                Optional.empty(),
                "The conversation is longer than '%s' can read%s"
                        .formatted(at.model(), aside(at, words)),
                "begin a new session; what this one changed is kept",
                null);
    }

    /** The model declines to go on. */
    public static RemoteException declined(Endpoint at) {
        return staying(
                "'%s' declines to answer this conversation".formatted(at.model()),
                "put the task in other words, or choose another model with --model");
    }

    /** The service takes the request for wrong. */
    public static RemoteException rejected(Endpoint at, int status, String words) {
        return staying(
                "%s rejects the request (status %d%s)"
                        .formatted(at.provider(), status, said(at, words)),
                "check that '%s' and llm.base_url fit together".formatted(at.model()));
    }

    private static RemoteException staying(String problem, String remedy) {
        return new RemoteException(Kind.STAYS, Optional.empty(), problem, remedy, null);
    }

    private static String aside(Endpoint at, String words) {
        return words.isBlank() ? "" : " (" + cut(at, words) + ")";
    }

    private static String said(Endpoint at, String words) {
        return words.isBlank() ? "" : ": " + cut(at, words);
    }

    private static String cut(Endpoint at, String words) {
        var line = at.withoutKey(words.strip()).replaceAll("\\s+", " ");
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }

    private static String reason(Endpoint at, Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : cut(at, message);
    }
}
