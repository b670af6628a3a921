#include "pattern.h"

#include <stdlib.h>
#include <string.h>

#include "walk.h"

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }

static char fixed(char c) { return c == '*' || c == '?' ? 0 : c; }

struct pattern *patterns_read(char **texts, size_t count) {
    struct pattern *patterns = calloc(count + 1, sizeof *patterns);
    for (size_t i = 0; patterns != NULL && i < count; i++) {
        struct pattern *pattern = &patterns[i];
        for (char *at = texts[i]; *at != 0; at++) {
            *at = lower(*at);
        }
        pattern->excepts = *texts[i] == '!';
        pattern->text = texts[i] + pattern->excepts;
        size_t length = strlen(pattern->text);
        pattern->first = fixed(*pattern->text);
        pattern->last = length == 0 ? 0 : fixed(pattern->text[length - 1]);
    }
    return patterns;
}

static bool matches(const char *pattern, const char *name) {
    const char *star = NULL;
    const char *retry = NULL;
    while (*name != 0) {
        if (*pattern == '*') {
            star = pattern++;
            retry = name;
        } else if (*pattern == '?' || *pattern == *name) {
            pattern++;
            name++;
        } else if (star != NULL) {
            pattern = star + 1;
            name = ++retry;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == 0;
}

bool is_masked(const struct pattern *patterns, size_t count, const char *name) {
    char folded[NAME_BYTES_MAX + 1];
    bool masked = false;
    size_t length = strlen(name);
    for (size_t i = 0; i <= length; i++) {
        folded[i] = lower(name[i]);
    }
    char first = folded[0];
    char last = length == 0 ? 0 : folded[length - 1];
    for (size_t i = 0; i < count; i++) {
        const struct pattern *pattern = &patterns[i];
        /* Most names differ at an end already, and the start of a session waits for this. */
        bool possible = (pattern->first == 0 || pattern->first == first) && (pattern->last == 0 || pattern->last == last);
        if (possible && matches(pattern->text, folded)) {
            masked = !pattern->excepts;
        }
    }
    return masked;
}
