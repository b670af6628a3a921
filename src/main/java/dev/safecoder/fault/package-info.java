/**
 * Failures of the environment, each with a remedy. Knows nothing of what failed: the packages above
 * name their own failures.
 */
@NullMarked
package dev.safecoder.fault;

import org.jspecify.annotations.NullMarked;
