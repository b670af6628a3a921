package dev.safecoder.model.remote;

import java.nio.charset.StandardCharsets;

/** Text as every service takes it. */
public final class WireText {
    private WireText() {}

    /** Half characters, which a cut in the middle of one leaves, become question marks. */
    public static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The identifier of a call in the letters that all services allow; another model made it. */
    public static String id(String id) {
        var plain = id.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.length() <= 64 ? plain : plain.substring(plain.length() - 64);
    }
}
