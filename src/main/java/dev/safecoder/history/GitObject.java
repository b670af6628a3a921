package dev.safecoder.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An object that is open for reading.
 *
 * @param content exactly {@code size} bytes; closing it closes the file behind it
 */
record GitObject(Type type, long size, InputStream content) implements AutoCloseable {
    /** The kinds that a history holds, with the numbers that packs have for them. */
    enum Type {
        COMMIT(1, "commit"),
        TREE(2, "tree"),
        BLOB(3, "blob");

        private final int number;
        private final String word;

        Type(int number, String word) {
            this.number = number;
            this.word = word;
        }

        int number() {
            return number;
        }

        String word() {
            return word;
        }

        static Type of(int number) throws IOException {
            for (var type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            throw new IOException("an object has the type %d".formatted(number));
        }

        /** What stands before the content, in the file and in the hash. */
        byte[] header(long size) {
            return (word + " " + size + "\0").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Takes objects in, in whatever form. */
    interface Sink {
        /** Keeps an object and names it; one that is there already is not written again. */
        ObjectId put(Type type, byte[] content) throws IOException;
    }

    static ObjectId id(Type type, byte[] content) {
        var sha = sha1();
        sha.update(type.header(content.length));
        return ObjectId.of(sha.digest(content));
    }

    static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    byte[] bytes() throws IOException {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IOException("an object of %d bytes does not fit in memory".formatted(size));
        }
        var bytes = content.readNBytes((int) size);
        if (bytes.length != size) {
            throw new IOException("an object is shorter than it says");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
