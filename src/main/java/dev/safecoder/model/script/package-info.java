/**
 * A written conversation as a model: for the demo, for tests and for bug reports. Knows no network
 * and no key.
 */
@NullMarked
package dev.safecoder.model.script;

import org.jspecify.annotations.NullMarked;
