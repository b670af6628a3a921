package dev.safecoder.sandbox.container;

import java.io.IOException;

/** The engine answered that it will not: its status and its words. */
final class EngineRefusal extends IOException {
    private final int status;

    EngineRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
