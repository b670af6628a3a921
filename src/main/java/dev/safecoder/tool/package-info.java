/**
 * The tools that a model uses: each checks what it was given, does its work inside the sandbox
 * through the guest, and answers in bounded text. Knows no backend, no session and no screen; what
 * it returns is raw text, encoded by whoever shows it.
 */
@NullMarked
package dev.safecoder.tool;

import org.jspecify.annotations.NullMarked;
