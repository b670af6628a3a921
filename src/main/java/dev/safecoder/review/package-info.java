/** The user's decisions about changes, bound to content. Knows neither models nor sandboxes. */
@NullMarked
package dev.safecoder.review;

import org.jspecify.annotations.NullMarked;
