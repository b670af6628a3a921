/**
 * Docker and Podman as walls, over the engine's HTTP API: finding the engine, the request for a
 * container as a pure function of the specification, the attached stream, what is left to clear.
 * Knows nothing of what runs inside but the guest.
 */
@NullMarked
package dev.safecoder.sandbox.container;

import org.jspecify.annotations.NullMarked;
