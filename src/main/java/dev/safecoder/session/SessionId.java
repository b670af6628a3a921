package dev.safecoder.session;

import java.util.random.RandomGenerator;

/** Names a session: eight lower-case letters and digits, none of which look alike. */
public record SessionId(String text) {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 8;

    public SessionId {
        if (!isOne(text)) {
            throw new IllegalArgumentException("not a session id: '%s'".formatted(text));
        }
    }

    /** A new one, by chance. */
    public static SessionId random(RandomGenerator chance) {
        var text = new StringBuilder();
        while (text.length() < LENGTH) {
            text.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
        }
        return new SessionId(text.toString());
    }

    /** Whether a text has the form of an id. */
    public static boolean isOne(String text) {
        return text.length() == LENGTH && text.chars().allMatch(it -> LETTERS.indexOf(it) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
