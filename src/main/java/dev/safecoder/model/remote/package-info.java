/**
 * What all models behind an address have in common: the address, patience with it, and its refusals
 * in words. Knows no provider's format.
 */
@NullMarked
package dev.safecoder.model.remote;

import org.jspecify.annotations.NullMarked;
