package dev.safecoder.apply;

import java.util.Optional;

/**
 * What a path was and became for the session, whatever the host made of it. The session's next
 * apply starts from what this one brought.
 */
record SessionSide(Optional<Held> from, Optional<Held> to) {
    SessionSide reversed() {
        return new SessionSide(to, from);
    }
}
