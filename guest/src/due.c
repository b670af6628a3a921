#define _GNU_SOURCE
#include "due.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "locked.h"

bool is_git(const char *name) { return strcasecmp(name, ".git") == 0; }

static void shut(struct due *due) {
    if (due->fd >= 0) {
        close(due->fd);
        due->fd = -1;
    }
}

void due_look(struct due *due, int folder, const char *name) {
    due->content = false;
    due->left = 0;
    if (folder >= 0 && fstatat(folder, name, &due->seen, AT_SYMLINK_NOFOLLOW) == 0) {
        due->kind = kind_of(due->seen.st_mode);
    } else {
        due->kind = folder < 0 || errno == ENOENT ? GONE : UNREADABLE;
        due->seen = (struct stat){0};
    }
}

static enum entry_kind open_file(struct due *due, int folder, const char *name, uint64_t most) {
    struct stat opened;
    due->fd = file_unlock(folder, name);
    if (due->fd < 0 || fstat(due->fd, &opened) < 0 || !S_ISREG(opened.st_mode)) {
        return UNREADABLE;
    }
    due->seen = opened;
    due->content = opened.st_size > 0;
    return (uint64_t)opened.st_size > most ? TOO_LARGE : REGULAR;
}

void due_prepare(struct due *due, int folder, const char *name, uint64_t most) {
    if (due->kind == SYMLINK) {
        ssize_t size = readlinkat(folder, name, due->target, sizeof due->target);
        due->kind = size < 0 ? UNREADABLE : SYMLINK;
        due->seen.st_size = size < 0 ? 0 : size;
        due->content = size > 0 && !is_git(name);
    } else if (due->kind == REGULAR && due->seen.st_size > 0 && !is_git(name)) {
        due->kind = open_file(due, folder, name, most);
        if (due->kind != REGULAR) {
            shut(due);
            due->content = false;
        }
    }
    due->left = due->content ? (uint64_t)due->seen.st_size : 0;
}

uint64_t due_content(struct due *due, struct stream *stream) {
    size_t most = due->left < FRAME_PAYLOAD_MAX ? (size_t)due->left : FRAME_PAYLOAD_MAX;
    uint8_t *room = say_data_begin(FRAME_PAYLOAD_MAX);
    ssize_t size = (ssize_t)most;
    if (due->kind == SYMLINK) {
        memcpy(room, due->target, most);
    } else {
        size = read(due->fd, room, most);
    }
    if (size > 0) {
        say_data_end(SAY_DATA, stream->id, (size_t)size);
        stream->credit -= size;
        due->left -= (uint64_t)size;
    }
    if (size > 0 && due->left > 0) {
        return 0;
    }
    say_empty(SAY_DATA_END, stream->id);
    shut(due);
    due->content = false;
    uint64_t missing = due->left;
    due->left = 0;
    return missing;
}

void due_free(struct due *due) {
    shut(due);
    free(due->path);
}
