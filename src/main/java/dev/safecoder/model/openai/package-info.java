/**
 * Models behind OpenAI's two APIs: Responses, and Chat Completions, which most other servers speak.
 * Knows no other provider.
 */
@NullMarked
package dev.safecoder.model.openai;

import org.jspecify.annotations.NullMarked;
