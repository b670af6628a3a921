package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Availability.Unusable;

/** An image that is needed could not be had. */
final class PullFailure extends Exception {
    private final transient Unusable why;

    PullFailure(Unusable why) {
        super(why.reason());
        this.why = why;
    }

    Unusable why() {
        return why;
    }
}
