/**
 * What a terminal that can more than print lines shows: the chat with its live region and its keys,
 * and the full-screen review. Loaded only for a person at such a terminal. Knows neither commands
 * nor options; what came from a sandbox goes through the terminal encoder before it is shown.
 */
@NullMarked
package dev.safecoder.tui;

import org.jspecify.annotations.NullMarked;
