package dev.safecoder.session;

import java.util.OptionalLong;

/**
 * How full a model's context is.
 *
 * @param tokens what the conversation takes now, by estimate
 * @param window what the model can read and write; empty when nobody knows
 */
public record ContextFill(long tokens, OptionalLong window) {}
