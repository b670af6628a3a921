package dev.safecoder.path;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path below a project's root: one or more names as raw bytes, none of them empty, {@code .},
 * {@code ..}, over 255 bytes, or with a NUL or slash; at most 4,095 bytes and 256 names in all. The
 * one type for every path that came out of a sandbox; ordered by bytes as git orders them.
 */
public final class RelativePath implements Comparable<RelativePath> {
    private static final int MOST_BYTES = 4_095;
    private static final int MOST_NAME_BYTES = 255;
    private static final int MOST_NAMES = 256;

    private final byte[] bytes;

    private RelativePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The path, or why it is none. */
    public sealed interface Parsed {
        /** A path that keeps every rule. */
        record Valid(RelativePath path) implements Parsed {}

        /** A rule that the bytes break, as a clause for a person. */
        record Invalid(String reason) implements Parsed {}
    }

    /** Reads raw bytes, which are copied. */
    public static Parsed parse(byte[] raw) {
        if (raw.length == 0) {
            return new Parsed.Invalid("it is empty");
        }
        if (raw.length > MOST_BYTES) {
            return new Parsed.Invalid("it is longer than 4,095 bytes");
        }
        int start = 0;
        int names = 0;
        for (int at = 0; at <= raw.length; at++) {
            if (at < raw.length && raw[at] == 0) {
                return new Parsed.Invalid("it holds a NUL byte");
            }
            if (at == raw.length || raw[at] == '/') {
                var wrong = wrongName(raw, start, at);
                if (wrong.isPresent()) {
                    return new Parsed.Invalid(wrong.get());
                }
                names++;
                start = at + 1;
            }
        }
        if (names > MOST_NAMES) {
            return new Parsed.Invalid("it is deeper than 256 folders");
        }
        return new Parsed.Valid(new RelativePath(raw.clone()));
    }

    private static Optional<String> wrongName(byte[] raw, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return Optional.of("it has an empty name");
        }
        if (length > MOST_NAME_BYTES) {
            return Optional.of("it has a name longer than 255 bytes");
        }
        if (length == 1 && raw[start] == '.') {
            return Optional.of("it has the name '.'");
        }
        if (length == 2 && raw[start] == '.' && raw[start + 1] == '.') {
            return Optional.of("it has the name '..'");
        }
        return Optional.empty();
    }

    /**
     * A path that the program itself knows to be valid.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static RelativePath of(String text) {
        return switch (parse(text.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Valid(var path) -> path;
            case Parsed.Invalid(var reason) ->
                    throw new IllegalArgumentException("'%s': %s".formatted(text, reason));
        };
    }

    /** The raw bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The path as text when its bytes are valid UTF-8; a host path is only made from this. */
    public Optional<String> utf8() {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** The names from the root down, as paths of one name each. */
    public List<RelativePath> names() {
        var names = new ArrayList<RelativePath>();
        int start = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '/') {
                names.add(new RelativePath(Arrays.copyOfRange(bytes, start, at)));
                start = at + 1;
            }
        }
        return List.copyOf(names);
    }

    /** The last name. */
    public RelativePath name() {
        int slash = lastSlash();
        return new RelativePath(Arrays.copyOfRange(bytes, slash + 1, bytes.length));
    }

    /** The folder that holds it; empty for a path directly below the root. */
    public Optional<RelativePath> parent() {
        int slash = lastSlash();
        return slash < 0
                ? Optional.empty()
                : Optional.of(new RelativePath(Arrays.copyOf(bytes, slash)));
    }

    /**
     * This path with one more name below it.
     *
     * @throws IllegalArgumentException when the result would not be a valid path
     */
    public RelativePath resolve(RelativePath below) {
        var joined = Arrays.copyOf(bytes, bytes.length + 1 + below.bytes.length);
        joined[bytes.length] = '/';
        System.arraycopy(below.bytes, 0, joined, bytes.length + 1, below.bytes.length);
        return switch (parse(joined)) {
            case Parsed.Valid(var path) -> path;
            case Parsed.Invalid(var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    /** Whether this is {@code folder} itself or lies below it. */
    public boolean isWithin(RelativePath folder) {
        return bytes.length >= folder.bytes.length
                && Arrays.equals(
                        bytes, 0, folder.bytes.length, folder.bytes, 0, folder.bytes.length)
                && (bytes.length == folder.bytes.length || bytes[folder.bytes.length] == '/');
    }

    private int lastSlash() {
        for (int at = bytes.length - 1; at >= 0; at--) {
            if (bytes[at] == '/') {
                return at;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(RelativePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelativePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The path for a person: its text, or the bytes escaped where they are none. */
    public String shown() {
        return utf8().orElseGet(this::toString);
    }

    /** The path for a log or a test: printable ASCII as it is, everything else as {@code \xNN}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (byte one : bytes) {
            if (one >= 0x20 && one < 0x7f && one != '\\') {
                text.append((char) one);
            } else {
                text.append("\\x%02x".formatted(one & 0xff));
            }
        }
        return text.toString();
    }
}
