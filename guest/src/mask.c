/* MASK: takes out of the sandbox what it must not see. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "due.h"
#include "guest.h"
#include "locked.h"
#include "pattern.h"
#include "walk.h"

struct masking {
    struct stream stream;
    struct walk walk;
    char **texts;               /* of the patterns */
    struct pattern *patterns;   /* what matches goes */
    size_t count;               /* of them */
    char **paths;               /* these go as well, whatever they are called */
    size_t next;                /* of them */
    bool named;                 /* the walk is that of one of them */
    int lifted[WALK_DEPTH_MAX]; /* modes of the folders that had to be opened */
    unsigned doomed;            /* the level that holds the folder which is being removed whole; 0: none */
    uint64_t removed;
};

/* Removes a name, opening the mode of its folder for that moment where its owner has locked it. */
static bool take_out(int folder, const char *name, int flags) {
    struct stat seen;
    if (unlinkat(folder, name, flags) == 0 || errno == ENOENT) {
        return true;
    }
    if (errno != EACCES || fstat(folder, &seen) < 0 || mode_change(folder, seen.st_mode | 0700) < 0) {
        return false;
    }
    bool gone = unlinkat(folder, name, flags) == 0;
    int number = errno;
    mode_change(folder, seen.st_mode);
    errno = number;
    return gone;
}

/* Goes into the current name; true as well when it is no folder (any more). */
static bool enter(struct masking *masking) {
    struct walk *walk = &masking->walk;
    int lifted;
    int fd = folder_unlock(walk_folder(walk), walk_name(walk), &lifted);
    if (fd < 0) {
        return errno == ENOTDIR || errno == ENOENT || errno == ELOOP;
    }
    errno = walk_enter(walk, fd);
    if (errno != 0) {
        return false;
    }
    masking->lifted[walk->depth - 1] = lifted;
    return true;
}

static void leave(struct masking *masking) {
    struct walk *walk = &masking->walk;
    int lifted = masking->lifted[walk->depth - 1];
    if (lifted != NOT_LIFTED) {
        mode_change(walk_folder(walk), (mode_t)lifted);
    }
    walk_leave(walk);
}

static void tell(struct masking *masking) {
    say_entry(&masking->stream, GONE, NULL, masking->walk.path);
    masking->removed++;
}

static void mask_one(struct masking *masking) {
    struct walk *walk = &masking->walk;
    const char *name = walk_name(walk);
    struct stat seen;
    bool doomed = masking->doomed > 0 || masking->named || is_masked(masking->patterns, masking->count, name);
    if (!doomed && !walk_may_enter(walk)) {
        return; /* most of a project, without a look at each: the start waits for this */
    }
    if (fstatat(walk_folder(walk), name, &seen, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno != ENOENT) {
            stream_fail(&masking->stream, errno, "stat");
        }
    } else if (S_ISDIR(seen.st_mode) && (doomed || !is_git(name))) {
        unsigned depth = walk->depth;
        if (!enter(masking)) {
            /* What cannot be looked into might hold what must not be seen. */
            stream_fail(&masking->stream, errno, "folder");
        } else if (doomed && masking->doomed == 0 && walk->depth > depth) {
            masking->doomed = depth;
        }
    } else if (doomed && !take_out(walk_folder(walk), name, 0)) {
        stream_fail(&masking->stream, errno, "remove");
    } else if (doomed && masking->doomed == 0) {
        tell(masking);
    }
}

static void mask_leave(struct masking *masking) {
    struct walk *walk = &masking->walk;
    leave(masking);
    if (masking->doomed == 0) {
        return;
    }
    if (!take_out(walk_folder(walk), walk_name(walk), AT_REMOVEDIR)) {
        stream_fail(&masking->stream, errno, "remove");
    } else if (masking->doomed == walk->depth) {
        masking->doomed = 0;
        tell(masking);
    }
}

/* Starts the walk over the next path; false when the stream has ended. */
static bool next_path(struct masking *masking) {
    const char *path = masking->paths[masking->next];
    const char *last;
    if (path == NULL) {
        stream_done(&masking->stream, masking->removed, 0);
        return false;
    }
    masking->next++;
    masking->named = true;
    walk_free(&masking->walk);
    int fd = open_parent(root_folder, path, &last);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)) {
        return true; /* gone since it was seen */
    }
    if (fd >= 0 && (strcmp(last, ".") == 0 || strcmp(last, "..") == 0)) {
        close(fd);
        fd = -1;
        errno = EINVAL;
    }
    int number = fd < 0 ? errno : walk_start_at(&masking->walk, fd, path, last);
    if (number != 0) {
        stream_fail(&masking->stream, number, "open");
    }
    return number == 0;
}

static void mask_step(struct stream *stream) {
    struct masking *masking = (struct masking *)stream;
    for (int i = 0; i < STEP_ENTRIES && stream_may_send(stream); i++) {
        switch (walk_next(&masking->walk)) {
        case WALK_NAME:
            mask_one(masking);
            break;
        case WALK_LEAVE:
            mask_leave(masking);
            break;
        case WALK_END:
            if (!next_path(masking)) {
                return;
            }
        }
    }
}

static void mask_release(struct stream *stream) {
    struct masking *masking = (struct masking *)stream;
    while (masking->walk.depth > 1) {
        leave(masking);
    }
    walk_free(&masking->walk);
    free(masking->patterns);
    texts_free(masking->texts);
    texts_free(masking->paths);
}

static const struct stream_kind mask_kind = {
    .frame = stream_takes_nothing,
    .busy = stream_wants_to_send,
    .step = mask_step,
    .release = mask_release,
};

bool mask_open(const struct frame *frame) {
    struct masking *masking = stream_open(frame->stream, &mask_kind, sizeof *masking);
    if (masking == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    size_t paths;
    masking->texts = take_texts(&cursor, PATH_BYTES_MAX, &masking->count);
    masking->paths = take_texts(&cursor, PATH_BYTES_MAX, &paths);
    if (!cursor_done(&cursor)) {
        return false;
    }
    masking->patterns = masking->texts == NULL ? NULL : patterns_read(masking->texts, masking->count);
    int number = masking->patterns == NULL || masking->paths == NULL ? ENOMEM : 0;
    if (number == 0 && masking->count > 0) {
        int fd = openat(root_folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        number = fd < 0 ? errno : walk_start(&masking->walk, fd, "");
    }
    if (number != 0) {
        stream_fail(&masking->stream, number, "open");
    }
    return true;
}
