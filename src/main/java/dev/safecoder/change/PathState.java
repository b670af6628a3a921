package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.util.Optional;

/** What a path holds at one moment; empty when nothing is there. */
public record PathState(RelativePath path, Optional<TreeEntry> entry) {}
