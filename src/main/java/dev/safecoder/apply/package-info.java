/**
 * Writes accepted changes to the project, and takes them back: plan, preflight, three-way merge,
 * journal, recovery. The only package that writes below a project's folder, and {@link
 * dev.safecoder.apply.HostFolder} the only way it does so. Knows neither models nor sandboxes.
 */
@NullMarked
package dev.safecoder.apply;

import org.jspecify.annotations.NullMarked;
