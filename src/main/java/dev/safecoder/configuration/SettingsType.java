package dev.safecoder.configuration;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;

/**
 * How the value of one key is read from text and TOML and written back.
 *
 * @param expectation what is allowed, to be read after "set it to "
 * @param fromText reads a variable or an option
 * @param fromToml reads a parsed value of the file
 * @param toToml writes a value that {@code fromToml} reads back
 */
record SettingsType<T>(
        String expectation,
        Function<String, Optional<T>> fromText,
        Function<Object, Optional<T>> fromToml,
        Function<T, Object> toToml) {

    /** The written forms, in the order in which they are shown. */
    static <T> SettingsType<T> choice(Map<String, T> values) {
        Function<String, Optional<T>> read = text -> Optional.ofNullable(values.get(text));
        return new SettingsType<>(
                "one of " + String.join(", ", values.keySet()),
                read,
                strings(read),
                value -> written(values, value));
    }

    static <T> SettingsType<T> strings(
            String expectation, Function<String, Optional<T>> read, Function<T, Object> write) {
        return new SettingsType<>(expectation, read, strings(read), write);
    }

    static SettingsType<String> text(String expectation) {
        return strings(
                expectation,
                text -> Optional.of(text).filter(value -> !value.isBlank()),
                value -> value);
    }

    static SettingsType<Path> path() {
        return strings("an absolute path", SettingsType::absolute, Path::toString);
    }

    static SettingsType<URI> url() {
        return strings(
                "an http or https URL, such as \"http://localhost:11434\"",
                SettingsType::webUrl,
                URI::toString);
    }

    static SettingsType<Boolean> onOff() {
        return new SettingsType<>(
                "true or false",
                text ->
                        switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            case String _ -> Optional.empty();
                        },
                value -> value instanceof Boolean on ? Optional.of(on) : Optional.empty(),
                value -> value);
    }

    static SettingsType<Integer> wholeNumber(int min, int max) {
        return counted(
                "a whole number from %d to %d".formatted(min, max),
                min,
                max,
                Math::toIntExact,
                Integer::longValue);
    }

    static SettingsType<ByteSize> mebibytes(int min, int max) {
        return counted(
                "a whole number of MiB from %d to %d".formatted(min, max),
                min,
                max,
                ByteSize::ofMebibytes,
                ByteSize::mebibytes);
    }

    static SettingsType<Duration> seconds(int max) {
        return counted(
                "a whole number of seconds from 1 to %d".formatted(max),
                1,
                max,
                Duration::ofSeconds,
                Duration::toSeconds);
    }

    static SettingsType<Duration> days(int max) {
        return counted(
                "a whole number of days from 1 to %d".formatted(max),
                1,
                max,
                Duration::ofDays,
                Duration::toDays);
    }

    static SettingsType<Double> decimal(double min, double max) {
        Function<Double, Optional<Double>> inRange =
                value -> Optional.of(value).filter(it -> it >= min && it <= max);
        return new SettingsType<>(
                "a number from %s to %s".formatted(plain(min), plain(max)),
                text -> number(text).flatMap(inRange),
                value ->
                        switch (value) {
                            case Long whole -> inRange.apply(whole.doubleValue());
                            case Double fraction -> inRange.apply(fraction);
                            case Object _ -> Optional.empty();
                        },
                value -> value);
    }

    /** From text: separated by commas. */
    static SettingsType<List<String>> texts(String expectation) {
        return new SettingsType<>(
                expectation,
                text ->
                        Optional.of(
                                text.isBlank()
                                        ? List.of()
                                        : List.of(text.strip().split("\\s*,\\s*"))),
                value -> value instanceof TomlArray array ? texts(array) : Optional.empty(),
                value -> value);
    }

    /** Of a list of texts, what each of them means; one that means nothing spoils the list. */
    static <E> SettingsType<List<E>> each(
            SettingsType<List<String>> texts,
            Function<String, Optional<E>> read,
            Function<E, String> write) {
        Function<List<String>, Optional<List<E>>> all =
                written -> {
                    var meant = written.stream().flatMap(it -> read.apply(it).stream()).toList();
                    return Optional.of(meant).filter(it -> it.size() == written.size());
                };
        return new SettingsType<>(
                texts.expectation(),
                text -> texts.fromText().apply(text).flatMap(all),
                value -> texts.fromToml().apply(value).flatMap(all),
                value -> value.stream().map(write).toList());
    }

    private static <T> SettingsType<T> counted(
            String expectation,
            long min,
            long max,
            Function<Long, T> read,
            Function<T, Object> write) {
        Function<Long, Optional<T>> inRange =
                count -> Optional.of(count).filter(it -> it >= min && it <= max).map(read);
        return new SettingsType<>(
                expectation,
                text ->
                        text.matches("\\d{1,18}")
                                ? inRange.apply(Long.parseLong(text))
                                : Optional.empty(),
                value -> value instanceof Long count ? inRange.apply(count) : Optional.empty(),
                write);
    }

    private static <T> Function<Object, Optional<T>> strings(Function<String, Optional<T>> read) {
        return value -> value instanceof String text ? read.apply(text) : Optional.empty();
    }

    private static <T> String written(Map<String, T> values, T value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> webUrl(String text) {
        try {
            var url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return Optional.of(url)
                    .filter(it -> web && it.getHost() != null && it.getUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> number(String text) {
        return text.matches("\\d{1,9}(\\.\\d{1,9})?")
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The value as a line of the file has it. */
    String write(T value) {
        return literal(toToml.apply(value));
    }

    private static String literal(Object value) {
        return switch (value) {
            case String text -> "\"%s\"".formatted(Toml.tomlEscape(text));
            case List<?> all ->
                    all.stream()
                            .map(SettingsType::literal)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Object other -> other.toString();
        };
    }

    private static Optional<List<String>> texts(TomlArray array) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof String text)) {
                return Optional.empty();
            }
            texts.add(text);
        }
        return Optional.of(List.copyOf(texts));
    }
}
