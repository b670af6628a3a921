/* Looking at files without ever following a link: one name at a time, at most WALK_DEPTH_MAX folders deep. */
#ifndef WALK_H
#define WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "guest.h"

enum {
    WALK_DEPTH_MAX = 256,
    NAME_BYTES_MAX = 1024,        /* 255 characters of some file systems are more bytes than 255 */
    FOLDER_BYTES_MAX = 1 << 26,   /* of all names in one folder */
    STEP_ENTRIES = 256            /* looked at before other streams have their turn */
};

enum entry_kind {
    GONE, REGULAR, FOLDER, SYMLINK, FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE, TOO_LARGE, UNREADABLE, NOT_ENTERED
};

enum entry_kind kind_of(mode_t mode);
/* Sends one entry; `seen` is ignored for GONE. */
void say_entry(struct stream *stream, enum entry_kind kind, const struct stat *seen, const char *path);

/* Opens the folder that holds the last name of `path` (relative to `root`, or absolute); -1 with errno, ELOOP or
 * ENOTDIR where a link is in the way. `last` points into `path`, at "." for the root itself. */
int open_parent(int root, const char *path, const char **last);
/* Opens a folder by its path, O_RDONLY. */
int open_folder_at(int root, const char *path);

struct walk_level {
    int fd;
    char *bytes;        /* the names, one after the other, each with its type (DT_...) before it */
    size_t *names;      /* where each begins, in byte order */
    size_t count, next;
    size_t path_length; /* of the folder, with its slash */
};

struct walk {
    struct walk_level *levels;
    unsigned depth;     /* levels in use; 0 at the end */
    char *path;         /* of the current name */
};

enum walk_event { WALK_NAME, WALK_LEAVE, WALK_END };

/* Begins in the folder `fd`, which the walk takes over in any case; `prefix` (may be empty, else with its slash) begins
 * every path. 0 or an error number, for walk_enter, too. */
int walk_start(struct walk *walk, int fd, const char *prefix);
/* The same for one name only: `last`, which is the end of `path` and lies in the folder `fd`. */
int walk_start_at(struct walk *walk, int fd, const char *path, const char *last);
/* WALK_NAME: walk->path is the next path. WALK_LEAVE: a folder is through; walk_leave goes back to its parent. */
enum walk_event walk_next(struct walk *walk);
/* The folder that holds the current name, and that name. */
int walk_folder(const struct walk *walk);
const char *walk_name(const struct walk *walk);
/* Whether it may be a folder. The folder's own list says so, without a look at the name: as the list was read. */
bool walk_may_enter(const struct walk *walk);
/* Goes into the current name, which `fd` is (taken over in any case). */
int walk_enter(struct walk *walk, int fd);
/* Back to the parent; the current name is that of the folder again. */
void walk_leave(struct walk *walk);
void walk_free(struct walk *walk);

#endif
