/**
 * The wall that needs no engine: bubblewrap's namespaces over read-only system folders of the host,
 * with control groups for the limits. Knows no model and no session; what decides a sandbox is its
 * {@link dev.safecoder.sandbox.SandboxSpec} and what was found on the host.
 */
@NullMarked
package dev.safecoder.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
