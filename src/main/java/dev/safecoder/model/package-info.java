/**
 * What the agent loop and a model say to each other. Knows no provider, no sandbox and no storage.
 */
@NullMarked
package dev.safecoder.model;

import org.jspecify.annotations.NullMarked;
