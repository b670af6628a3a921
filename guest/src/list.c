/* LIST and STAT. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest.h"
#include "walk.h"

struct listing {
    struct stream stream;
    struct walk walk;
    uint32_t depth, most, sent;
};

static void list_one(struct listing *listing) {
    struct walk *walk = &listing->walk;
    struct stat seen;
    if (fstatat(walk_folder(walk), walk_name(walk), &seen, AT_SYMLINK_NOFOLLOW) < 0) {
        return; /* gone meanwhile */
    }
    if (listing->sent == listing->most) {
        stream_done(&listing->stream, listing->sent, 1);
        return;
    }
    enum entry_kind kind = kind_of(seen.st_mode);
    bool inner = kind == FOLDER && walk->depth < listing->depth;
    /* The entry goes out first, so a folder that then turns out to be unreadable is one without content. */
    say_entry(&listing->stream, kind, &seen, walk->path);
    listing->sent++;
    if (inner) {
        int fd = openat(walk_folder(walk), walk_name(walk), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd >= 0) {
            walk_enter(walk, fd);
        }
    }
}

static void list_step(struct stream *stream) {
    struct listing *listing = (struct listing *)stream;
    for (int i = 0; i < STEP_ENTRIES && stream_may_send(stream); i++) {
        switch (walk_next(&listing->walk)) {
        case WALK_NAME:
            list_one(listing);
            break;
        case WALK_LEAVE:
            walk_leave(&listing->walk);
            break;
        case WALK_END:
            stream_done(stream, listing->sent, 0);
            return;
        }
    }
}

static void list_release(struct stream *stream) { walk_free(&((struct listing *)stream)->walk); }

static const struct stream_kind list_kind = {
    .frame = stream_takes_nothing,
    .busy = stream_wants_to_send,
    .step = list_step,
    .release = list_release,
};

/* What comes before the names: the folder as it was asked for, and a slash. Takes the slashes off `path`, behind which
 * the kernel would follow a link. */
static char *prefix_of(char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        path[--length] = 0;
    }
    char *prefix = malloc(length + 2);
    if (prefix != NULL) {
        memcpy(prefix, path, length + 1);
        if (length > 0 && path[length - 1] != '/') {
            memcpy(prefix + length, "/", 2);
        }
    }
    return prefix;
}

bool list_open(const struct frame *frame) {
    struct listing *listing = stream_open(frame->stream, &list_kind, sizeof *listing);
    if (listing == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    char *path = take_text(&cursor, PATH_BYTES_MAX);
    listing->depth = take_u32(&cursor);
    listing->most = take_u32(&cursor);
    bool sound = cursor_done(&cursor);
    if (sound) {
        char *prefix = path == NULL ? NULL : prefix_of(path);
        int fd = prefix == NULL ? -1 : open_folder_at(root_folder, path);
        int number = prefix == NULL ? ENOMEM : fd < 0 ? errno : walk_start(&listing->walk, fd, prefix);
        if (number != 0) {
            stream_fail(&listing->stream, number, "open");
        }
        free(prefix);
    }
    free(path);
    return sound;
}

struct looking {
    struct stream stream;
    char **paths;
    size_t next;
};

static void stat_one(struct stream *stream, const char *path) {
    const char *last;
    struct stat seen = {0};
    int parent = open_parent(root_folder, path, &last);
    bool found = parent >= 0 && fstatat(parent, last, &seen, AT_SYMLINK_NOFOLLOW) == 0;
    /* Behind a link or a file there is nothing; behind a locked door there may be. */
    bool absent = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
    say_entry(stream, found ? kind_of(seen.st_mode) : absent ? GONE : UNREADABLE, &seen, path);
    if (parent >= 0) {
        close(parent);
    }
}

static void stat_step(struct stream *stream) {
    struct looking *looking = (struct looking *)stream;
    for (int i = 0; i < STEP_ENTRIES && stream_may_send(stream); i++) {
        if (looking->paths[looking->next] == NULL) {
            stream_done(stream, looking->next, 0);
            return;
        }
        stat_one(stream, looking->paths[looking->next++]);
    }
}

static void stat_release(struct stream *stream) { texts_free(((struct looking *)stream)->paths); }

static const struct stream_kind stat_kind = {
    .frame = stream_takes_nothing,
    .busy = stream_wants_to_send,
    .step = stat_step,
    .release = stat_release,
};

bool stat_open(const struct frame *frame) {
    struct looking *looking = stream_open(frame->stream, &stat_kind, sizeof *looking);
    if (looking == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    size_t count;
    looking->paths = take_texts(&cursor, PATH_BYTES_MAX, &count);
    if (!cursor_done(&cursor)) {
        return false;
    }
    if (looking->paths == NULL) {
        stream_fail(&looking->stream, ENOMEM, "stat");
    }
    return true;
}
