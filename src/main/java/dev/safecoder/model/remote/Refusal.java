package dev.safecoder.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a service answers instead of a reply.
 *
 * @param status of HTTP; 200 when the fault came in the middle of a reply
 * @param code the service's own word for it, empty when it has none
 * @param words for a person, as the service wrote them
 */
public record Refusal(int status, String code, String words, Optional<Duration> retryAfter) {
    private static final Pattern OVERFLOW =
            Pattern.compile(
                    "prompt is too long|context.?length.?exceeded|context_window_exceeded"
                            + "|maximum context length|exceeds? the (available )?context (window|size)"
                            + "|exceeds? the (maximum|model'?s) (number of tokens|context|input)"
                            + "|input (token count|is too long|length).*(exceed|too long)"
                            + "|too many tokens|token limit exceeded|request_too_large"
                            + "|reduce the length of the messages|larger than the (maximum )?context"
                            + "|greater than the context length|longer than the context");
    private static final Pattern RATE =
            Pattern.compile("rate.?limit|too many requests|tokens per (minute|day)|throttl");
    private static final Pattern NO_CREDIT =
            Pattern.compile(
                    "insufficient.?(quota|credits?|balance|funds)|credit balance|billing"
                            + "|spend.?limit|payment required|exceeded your current quota");
    private static final Pattern NO_MODEL =
            Pattern.compile(
                    "model_not_found|not_found_error|(model|deployment).*(not found|not exist|unknown)"
                            + "|(unknown|no such|invalid) model|not a valid model");
    private static final Pattern BAD_KEY =
            Pattern.compile("authentication_error|invalid_api_key|permission_error");
    private static final Pattern BUSY =
            Pattern.compile("overloaded|server_error|api_error|timeout|unavailable|loading model");

    /** What is in a body such as {@code {"error": {"message": ..., "code": ...}}}, or nearly so. */
    public static Refusal of(int status, JsonNode body, Optional<Duration> retryAfter) {
        var error = body.path("error");
        var code = error.path("type").asText() + " " + error.path("code").asText();
        var words =
                Stream.of(error.path("message"), error, body.path("message"), body.path("detail"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .findFirst();
        return new Refusal(status, code.strip(), words.orElse(""), retryAfter);
    }

    /** The same as a failure that says what to do. */
    public RemoteException at(Endpoint endpoint) {
        var told = (code + " " + words).toLowerCase(Locale.ROOT);
        if (status == 402 || finds(NO_CREDIT, told)) {
            return RemoteException.noCredit(endpoint, words);
        }
        if (status == 401 || status == 403 || finds(BAD_KEY, told)) {
            return RemoteException.keyRefused(endpoint, words);
        }
        if (status == 429 || finds(RATE, told)) {
            return RemoteException.busy(endpoint, status, words, retryAfter);
        }
        if (status == 413 || finds(OVERFLOW, told)) {
            return RemoteException.overflow(endpoint, words);
        }
        if (status == 408 || status == 409 || status >= 500 || finds(BUSY, told)) {
            return RemoteException.busy(endpoint, status, words, retryAfter);
        }
        if (status == 404 || finds(NO_MODEL, told)) {
            return RemoteException.unknownModel(endpoint, words);
        }
        return RemoteException.rejected(endpoint, status, words);
    }

    private static boolean finds(Pattern pattern, String told) {
        return pattern.matcher(told).find();
    }

    /** The time in the headers {@code retry-after-ms} and {@code retry-after}, if it is one. */
    public static Optional<Duration> retryAfter(Optional<String> millis, Optional<String> seconds) {
        return millis.flatMap(it -> time("PT%sS", it).map(time -> time.dividedBy(1_000)))
                .or(() -> seconds.flatMap(it -> time("PT%sS", it)));
    }

    private static Optional<Duration> time(String form, String number) {
        try {
            return Optional.of(Duration.parse(form.formatted(number.strip())))
                    .filter(time -> !time.isNegative());
        } catch (DateTimeParseException aDate) { // a date would need a clock that agrees
            return Optional.empty();
        }
    }
}
