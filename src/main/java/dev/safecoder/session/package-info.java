/**
 * One conversation with one sandbox: the agent loop, the checkpoints it leaves, and what of it is
 * kept on disk. Knows no backend by name, no provider and no terminal.
 */
@NullMarked
package dev.safecoder.session;

import org.jspecify.annotations.NullMarked;
