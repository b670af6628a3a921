/* The names that never enter a sandbox (PROTOCOL.md, MASK). */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct pattern {
    const char *text; /* in lower case, without the leading ! */
    bool excepts;
    char first, last; /* 0: any */
};

/* Reads texts (up to a NULL), which are brought to lower case and must stay; NULL: no memory. */
struct pattern *patterns_read(char **texts, size_t count);
/* Whether an entry of this name, of at most NAME_BYTES_MAX bytes, is masked: the last match wins. */
bool is_masked(const struct pattern *patterns, size_t count, const char *name);

#endif
