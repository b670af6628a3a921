/* READ and WRITE. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest.h"
#include "walk.h"

enum { KEEP_MODE = -1, LINKS_MAX = 40, WRITE_FILE = 0, WRITE_FOLDER, WRITE_SYMLINK };

struct reading {
    struct stream stream;
    int fd;
    uint64_t offset, left, sent;
};

static void read_step(struct stream *stream) {
    struct reading *reading = (struct reading *)stream;
    uint8_t *room = say_data_begin(FRAME_PAYLOAD_MAX);
    size_t most = reading->left < FRAME_PAYLOAD_MAX ? (size_t)reading->left : FRAME_PAYLOAD_MAX;
    ssize_t size = most == 0 ? 0 : pread(reading->fd, room, most, (off_t)reading->offset);
    if (size < 0) {
        stream_fail(stream, errno, "read");
    } else if (size == 0) {
        stream_done(stream, reading->sent, 0);
    } else {
        say_data_end(SAY_DATA, stream->id, (size_t)size);
        stream->credit -= size;
        reading->offset += (uint64_t)size;
        reading->left -= (uint64_t)size;
        reading->sent += (uint64_t)size;
    }
}

static void read_release(struct stream *stream) {
    int fd = ((struct reading *)stream)->fd;
    if (fd >= 0) {
        close(fd);
    }
}

static const struct stream_kind read_kind = {
    .frame = stream_takes_nothing,
    .busy = stream_wants_to_send,
    .step = read_step,
    .release = read_release,
};

bool read_open(const struct frame *frame) {
    struct reading *reading = stream_open(frame->stream, &read_kind, sizeof *reading);
    if (reading == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    struct stat seen;
    reading->fd = -1;
    char *path = take_text(&cursor, PATH_BYTES_MAX);
    reading->offset = take_u64(&cursor);
    reading->left = take_u64(&cursor);
    if (!cursor_done(&cursor)) {
        free(path);
        return false;
    }
    /* Not to wait for the other end of a fifo. */
    reading->fd = path == NULL ? -1 : openat(root_folder, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    free(path);
    if (reading->fd < 0 || fstat(reading->fd, &seen) < 0) {
        stream_fail(&reading->stream, errno, "open");
    } else if (!S_ISREG(seen.st_mode)) {
        stream_fail(&reading->stream, S_ISDIR(seen.st_mode) ? EISDIR : EINVAL, "read");
    } else if (reading->offset > INT64_MAX) {
        stream_fail(&reading->stream, EINVAL, "offset");
    } else {
        say_begin(SAY_INFO, frame->stream);
        say_u8(REGULAR);
        say_u32(seen.st_mode & 07777);
        say_u64((uint64_t)seen.st_size);
        say_end();
    }
    return true;
}

struct writing {
    struct stream stream;
    uint8_t kind;
    uint32_t mode;
    char *path;          /* where it goes, the links of a file's name followed */
    char *beside;        /* where it is until it is whole */
    int fd;
    uint64_t left, size;
    struct queue target; /* of a symlink */
};

static bool make_parents(char *path) {
    if (*path == 0) {
        errno = ENOENT;
        return false;
    }
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        bool made = mkdirat(root_folder, path, 0755) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) {
            return false;
        }
    }
    return true;
}

/* Writing through a link writes what it names, there already or not, like any program's open does. */
static bool follow_links(struct writing *writing) {
    for (int links = 0; links < LINKS_MAX; links++) {
        char target[4096];
        ssize_t size = readlinkat(root_folder, writing->path, target, sizeof target - 1);
        if (size < 0) {
            return true;
        }
        target[size] = 0;
        const char *slash = strrchr(writing->path, '/');
        int folder = target[0] == '/' || slash == NULL ? 0 : (int)(slash - writing->path) + 1;
        char *next;
        if (asprintf(&next, "%.*s%s", folder, writing->path, target) < 0) {
            errno = ENOMEM;
            return false;
        }
        free(writing->path);
        writing->path = next;
    }
    errno = ELOOP;
    return false;
}

static void settle(struct writing *writing) {
    bool placed = writing->kind != WRITE_SYMLINK ||
                  symlinkat((const char *)writing->target.bytes, root_folder, writing->beside) == 0;
    if (!placed) {
        stream_fail(&writing->stream, errno, "symlink");
    } else if (writing->fd >= 0 && close(writing->fd) < 0) {
        writing->fd = -1;
        stream_fail(&writing->stream, errno, "write");
    } else {
        writing->fd = -1;
        if (renameat(root_folder, writing->beside, root_folder, writing->path) < 0) {
            stream_fail(&writing->stream, errno, "rename");
        } else {
            free(writing->beside);
            writing->beside = NULL;
            stream_done(&writing->stream, writing->size, 0);
        }
    }
}

static bool write_all(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written < 0 ? 0 : written;
        size -= written < 0 ? 0 : (size_t)written;
    }
    return true;
}

static bool write_frame(struct stream *stream, const struct frame *frame) {
    struct writing *writing = (struct writing *)stream;
    if (frame->type != DATA || frame->size > writing->left || !stream_received(stream, frame->size)) {
        return false;
    }
    bool kept = writing->kind == WRITE_SYMLINK ? queue_append(&writing->target, frame->payload, frame->size)
                                               : write_all(writing->fd, frame->payload, frame->size);
    if (!kept) {
        stream_fail(stream, errno, "write");
        return true;
    }
    writing->left -= frame->size;
    stream_consumed(stream, frame->size);
    if (writing->left == 0) {
        if (writing->kind == WRITE_SYMLINK && !queue_append(&writing->target, "", 1)) {
            stream_fail(stream, ENOMEM, "write");
        } else {
            settle(writing);
        }
    }
    return true;
}

static void write_release(struct stream *stream) {
    struct writing *writing = (struct writing *)stream;
    if (writing->fd >= 0) {
        close(writing->fd);
    }
    if (writing->beside != NULL) {
        unlinkat(root_folder, writing->beside, 0);
    }
    free(writing->beside);
    free(writing->path);
    queue_free(&writing->target);
}

static const struct stream_kind write_kind = {.frame = write_frame, .release = write_release};

static bool name_beside(struct writing *writing) {
    unsigned random;
    if (getrandom(&random, sizeof random, 0) != sizeof random) {
        return false;
    }
    const char *slash = strrchr(writing->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - writing->path) + 1;
    return asprintf(&writing->beside, "%.*s.safe-coder.%08x", folder, writing->path, random) >= 0;
}

static void open_beside(struct writing *writing) {
    struct stat old;
    mode_t mode = 0644;
    if (!follow_links(writing)) {
        stream_fail(&writing->stream, errno, "open");
        return;
    }
    bool exists = fstatat(root_folder, writing->path, &old, AT_SYMLINK_NOFOLLOW) == 0;
    if (exists && !S_ISREG(old.st_mode)) {
        stream_fail(&writing->stream, S_ISDIR(old.st_mode) ? EISDIR : EINVAL, "open");
        return;
    }
    if (exists) {
        mode = old.st_mode & 0777;
    }
    if (writing->mode != (uint32_t)KEEP_MODE) {
        mode = writing->mode & 07777;
    }
    do {
        free(writing->beside);
        writing->beside = NULL;
        if (!name_beside(writing)) {
            writing->beside = NULL;
            stream_fail(&writing->stream, ENOMEM, "open");
            return;
        }
        writing->fd = openat(root_folder, writing->beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    } while (writing->fd < 0 && errno == EEXIST);
    if (writing->fd < 0) {
        int number = errno;
        free(writing->beside);
        writing->beside = NULL;
        stream_fail(&writing->stream, number, "open");
    } else if (fchmod(writing->fd, mode) < 0) {
        stream_fail(&writing->stream, errno, "mode");
    } else if (writing->size == 0) {
        settle(writing);
    }
}

static void make_folder(struct writing *writing) {
    struct stat there;
    mode_t mode = writing->mode == (uint32_t)KEEP_MODE ? 0755 : writing->mode & 07777;
    bool made = mkdirat(root_folder, writing->path, mode) == 0;
    int number = errno;
    if (!made && (number != EEXIST || fstatat(root_folder, writing->path, &there, 0) < 0 || !S_ISDIR(there.st_mode))) {
        stream_fail(&writing->stream, number, "mkdir");
    } else if (writing->mode != (uint32_t)KEEP_MODE && fchmodat(root_folder, writing->path, mode, 0) < 0) {
        stream_fail(&writing->stream, errno, "mode");
    } else {
        stream_done(&writing->stream, 0, 0);
    }
}

bool write_open(const struct frame *frame) {
    struct writing *writing = stream_open(frame->stream, &write_kind, sizeof *writing);
    if (writing == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    writing->fd = -1;
    writing->kind = take_u8(&cursor);
    writing->mode = take_u32(&cursor);
    writing->path = take_text(&cursor, PATH_BYTES_MAX);
    writing->size = writing->left = take_u64(&cursor);
    if (!cursor_done(&cursor) || writing->kind > WRITE_SYMLINK || (writing->kind == WRITE_FOLDER && writing->size > 0)) {
        return false;
    }
    if (writing->path == NULL || !make_parents(writing->path)) {
        stream_fail(&writing->stream, writing->path == NULL ? ENOMEM : errno, "parents");
    } else if (writing->kind == WRITE_FOLDER) {
        make_folder(writing);
    } else if (writing->kind == WRITE_FILE) {
        open_beside(writing);
    } else if (writing->size == 0 || writing->size >= 4096) {
        stream_fail(&writing->stream, writing->size == 0 ? ENOENT : ENAMETOOLONG, "symlink");
    } else if (!name_beside(writing)) {
        writing->beside = NULL;
        stream_fail(&writing->stream, ENOMEM, "symlink");
    }
    return true;
}
