/**
 * What the user wants: the settings from file, environment and options, read strictly and changed
 * with care. Knows no command line and starts nothing.
 */
@NullMarked
package dev.safecoder.configuration;

import org.jspecify.annotations.NullMarked;
