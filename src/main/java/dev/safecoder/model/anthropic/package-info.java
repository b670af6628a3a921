/** Models behind Anthropic's Messages API, by its official client. Knows no other provider. */
@NullMarked
package dev.safecoder.model.anthropic;

import org.jspecify.annotations.NullMarked;
