/** What every wall promises: backends, sandboxes, their limits and guarantees. Knows no engine. */
@NullMarked
package dev.safecoder.sandbox;

import org.jspecify.annotations.NullMarked;
