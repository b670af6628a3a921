package dev.safecoder.model;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A picture that a prompt carries.
 *
 * @param name as the user calls it
 * @param base64 its content, as every service takes it
 */
public record Picture(String name, Format format, String base64) {
    /** About what it takes of a model's context, in characters of text: some 1,600 tokens. */
    public static final int CHARACTERS = 5_600;

    /** The formats that all services take. */
    public enum Format {
        PNG("image/png"),
        JPEG("image/jpeg"),
        GIF("image/gif"),
        WEBP("image/webp");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        /** Such as {@code image/png}. */
        public String mediaType() {
            return mediaType;
        }

        /** The format of this media type. */
        public static Optional<Format> of(String mediaType) {
            return Arrays.stream(values()).filter(it -> it.mediaType.equals(mediaType)).findFirst();
        }

        private static Optional<Format> of(byte[] content) {
            if (begins(content, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
                return Optional.of(PNG);
            }
            if (begins(content, 0, 0xff, 0xd8, 0xff)) {
                return Optional.of(JPEG);
            }
            if (begins(content, 0, 'G', 'I', 'F', '8')) {
                return Optional.of(GIF);
            }
            return begins(content, 0, 'R', 'I', 'F', 'F') && begins(content, 8, 'W', 'E', 'B', 'P')
                    ? Optional.of(WEBP)
                    : Optional.empty();
        }

        private static boolean begins(byte[] content, int at, int... wanted) {
            for (int i = 0; i < wanted.length; i++) {
                if (at + i >= content.length || (content[at + i] & 0xff) != wanted[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The picture, by its content whatever the name says; empty when it is of no such format. */
    public static Optional<Picture> of(String name, byte[] content) {
        return Format.of(content)
                .map(it -> new Picture(name, it, Base64.getEncoder().encodeToString(content)));
    }

    /** As an address that holds all of it. */
    public String dataUri() {
        return "data:%s;base64,%s".formatted(format.mediaType(), base64);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(name, format);
    }
}
