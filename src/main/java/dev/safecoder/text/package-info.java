/**
 * Text that came from somewhere else, made safe for a terminal, a log or a page. Knows nothing of
 * where it came from.
 */
@NullMarked
package dev.safecoder.text;

import org.jspecify.annotations.NullMarked;
