/**
 * The host's end of the guest protocol (guest/PROTOCOL.md): frames, streams, commands, files,
 * scans. Knows no backend; trusts nothing that the guest says.
 */
@NullMarked
package dev.safecoder.guest;

import org.jspecify.annotations.NullMarked;
