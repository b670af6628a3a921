/**
 * Git by object and ref plumbing only: the session's own bare repository, and a commit on a new
 * branch of the user's. Never looks at a work tree, a hook, a filter, an attribute or anybody's
 * configuration, but for the user's name and the format of the repository.
 */
@NullMarked
package dev.safecoder.history;

import org.jspecify.annotations.NullMarked;
