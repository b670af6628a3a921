package dev.safecoder.workspace;

/** Something in the workspace that is never taken out of it; the path is raw bytes, not checked. */
public record Refusal(byte[] path, String reason) {}
