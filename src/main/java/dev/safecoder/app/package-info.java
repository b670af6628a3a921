/**
 * The composition root: chooses the backend and the model that the settings name and puts the parts
 * together. Knows every package below and nothing of terminals and command lines.
 */
@NullMarked
package dev.safecoder.app;

import org.jspecify.annotations.NullMarked;
