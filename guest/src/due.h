/* The entry of a scan that is to be told next, and its content. */
#ifndef DUE_H
#define DUE_H

#include "guest.h"
#include "walk.h"

struct due {
    bool entry, content; /* what is still to be sent */
    enum entry_kind kind;
    struct stat seen;
    char *path;
    unsigned depth;      /* folders above it */
    int fd;              /* -1: none */
    uint64_t left;       /* bytes of content */
    char target[4096];   /* of a symlink */
};

/* True for git's own name, which is told without its content. */
bool is_git(const char *name);
/* Sees what `name` is; `folder` -1: it is gone. */
void due_look(struct due *due, int folder, const char *name);
/* Opens what the content is read from, so that what is told of it is true. */
void due_prepare(struct due *due, int folder, const char *name, uint64_t most);
/* Sends one portion of the content. Returns how many bytes it turned out to be short of what was told. */
uint64_t due_content(struct due *due, struct stream *stream);
void due_free(struct due *due);

#endif
