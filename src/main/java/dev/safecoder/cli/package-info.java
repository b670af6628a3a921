/** The command line: one class for each command, exit codes, what is printed. Holds no logic. */
@NullMarked
package dev.safecoder.cli;

import org.jspecify.annotations.NullMarked;
