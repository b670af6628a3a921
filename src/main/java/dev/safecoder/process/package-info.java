/**
 * Running programs of the host: argument lists, time limits, bounded output. Knows nothing of
 * sandboxes.
 */
@NullMarked
package dev.safecoder.process;

import org.jspecify.annotations.NullMarked;
