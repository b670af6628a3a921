/** Models that Ollama runs, by its own API. Knows no other provider. */
@NullMarked
package dev.safecoder.model.ollama;

import org.jspecify.annotations.NullMarked;
