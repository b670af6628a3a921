/**
 * The composition root: reads the configuration, chooses the backend and puts the parts together.
 * Knows every package below and nothing of terminals and command lines.
 */
@NullMarked
package dev.safecoder.app;

import org.jspecify.annotations.NullMarked;
