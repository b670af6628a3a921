/* The guest's program as a plain one on the host, while a sandbox starts (PROTOCOL.md, section 6). */
#ifndef MASKED_H
#define MASKED_H

/* Reads patterns from stdin and writes the path of every name below `root` that they mask to stdout, each ended by a
 * zero byte. Returns the exit code: EXIT_FAULT where anything could not be looked into, with one line on stderr. */
int list_masked(const char *root);

#endif
