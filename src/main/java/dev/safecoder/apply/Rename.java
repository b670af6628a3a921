package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;

/** A file that gets another name: a wish for each name, and both are done or none. */
record Rename(RelativePath from, RelativePath to) {}
