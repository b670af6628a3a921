/** Paths inside a project as validated raw bytes. Never touches a file system. */
@NullMarked
package dev.safecoder.path;

import org.jspecify.annotations.NullMarked;
