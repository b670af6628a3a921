/**
 * What differs between two trees, on raw bytes: entries, changes, hunks and git's patch format.
 * Knows neither where the trees are kept nor who changed them.
 */
@NullMarked
package dev.safecoder.change;

import org.jspecify.annotations.NullMarked;
