/**
 * What a terminal that can more than print lines shows: the chat with its live region, and its
 * keys. Loaded only for a person at such a terminal.
 */
@NullMarked
package dev.safecoder.tui;

import org.jspecify.annotations.NullMarked;
