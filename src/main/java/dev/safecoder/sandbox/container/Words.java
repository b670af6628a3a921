package dev.safecoder.sandbox.container;

import java.io.IOException;

/** The reason that a failure gives, as a clause on one line. */
final class Words {
    private Words() {}

    static String of(IOException failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }
}
