/**
 * The project as the sandbox sees it, and what became of it: overlay, reflink, copy or stream,
 * masks, and the way from the guest's entries to path states. Opens host paths of the project for
 * reading only, and never one that the agent can write. Knows no engine and no history.
 */
@NullMarked
package dev.safecoder.workspace;

import org.jspecify.annotations.NullMarked;
