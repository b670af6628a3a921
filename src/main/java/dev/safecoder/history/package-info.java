/**
 * The session's own bare git repository, written with object and ref plumbing only. Never looks at
 * a work tree, a hook, a filter, an attribute or anybody's configuration.
 */
@NullMarked
package dev.safecoder.history;

import org.jspecify.annotations.NullMarked;
