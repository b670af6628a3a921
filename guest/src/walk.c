#define _GNU_SOURCE
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

enum entry_kind kind_of(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFREG: return REGULAR;
    case S_IFDIR: return FOLDER;
    case S_IFLNK: return SYMLINK;
    case S_IFIFO: return FIFO;
    case S_IFSOCK: return SOCKET;
    case S_IFCHR: return CHARACTER_DEVICE;
    default: return BLOCK_DEVICE;
    }
}

void say_entry(struct stream *stream, enum entry_kind kind, const struct stat *seen, const char *path) {
    static const struct stat nothing;
    const struct stat *from = kind == GONE ? &nothing : seen;
    say_begin(SAY_ENTRY, stream->id);
    say_u8((uint8_t)kind);
    say_u32(from->st_mode & 07777);
    say_u64((uint64_t)from->st_size);
    say_u64((uint64_t)from->st_mtim.tv_sec);
    say_u32((uint32_t)from->st_mtim.tv_nsec);
    say_u32((uint32_t)from->st_nlink);
    say_bytes(path, (uint32_t)strlen(path));
    stream->credit -= (int64_t)say_end();
}

int open_parent(int root, const char *path, const char **last) {
    int fd = openat(root, *path == '/' ? "/" : ".", FOLDER_FLAGS);
    for (path += strspn(path, "/"); fd >= 0;) {
        char name[256];
        size_t length = strcspn(path, "/");
        const char *rest = path + length + strspn(path + length, "/");
        if (*rest == 0) {
            /* A trailing slash asks for no more than the name does. */
            *last = length == 0 ? "." : path;
            if (length > 0 && path[length] != 0) {
                errno = ENOTDIR;
                close(fd);
                return -1;
            }
            return fd;
        }
        int next = -1;
        if (length < sizeof name) {
            memcpy(name, path, length);
            name[length] = 0;
            next = openat(fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        } else {
            errno = ENAMETOOLONG;
        }
        int number = errno;
        close(fd);
        errno = number;
        fd = next;
        path = rest;
    }
    return -1;
}

int open_folder_at(int root, const char *path) {
    const char *last;
    int parent = open_parent(root, path, &last);
    if (parent < 0) {
        return -1;
    }
    int fd = openat(parent, last, FOLDER_FLAGS);
    int number = errno;
    close(parent);
    errno = number;
    return fd;
}

/* qsort has no context argument in this C library. */
static const char *sorted_bytes;

static int by_name(const void *a, const void *b) {
    return strcmp(sorted_bytes + *(const size_t *)a, sorted_bytes + *(const size_t *)b);
}

/* Takes over `bytes`. */
static int sort_names(struct walk_level *level, struct queue *bytes) {
    level->bytes = (char *)bytes->bytes;
    level->names = level->count == 0 ? NULL : malloc(level->count * sizeof *level->names);
    if (level->count == 0) {
        return 0;
    }
    if (level->names == NULL) {
        return ENOMEM;
    }
    size_t at = 0;
    for (size_t i = 0; i < level->count; i++) {
        at++; /* the type */
        level->names[i] = at;
        at += strlen(level->bytes + at) + 1;
    }
    sorted_bytes = level->bytes;
    qsort(level->names, level->count, sizeof *level->names, by_name);
    return 0;
}

static int read_names(struct walk_level *level) {
    struct queue bytes = {0};
    /* A second description: the first stays for openat when the reading is through. */
    int fd = openat(level->fd, ".", FOLDER_FLAGS);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    int number = folder == NULL ? errno : 0;
    if (folder == NULL && fd >= 0) {
        close(fd);
    }
    while (number == 0) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            number = errno;
            break;
        }
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
            continue;
        }
        level->count++;
        if (strlen(name) > NAME_BYTES_MAX) {
            number = ENAMETOOLONG;
        } else if (bytes.length > FOLDER_BYTES_MAX) {
            number = E2BIG;
        } else if (!queue_append(&bytes, &entry->d_type, 1) || !queue_append(&bytes, name, strlen(name) + 1)) {
            number = ENOMEM;
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    if (number != 0) {
        level->count = 0;
        queue_free(&bytes);
        return number;
    }
    return sort_names(level, &bytes);
}

static void level_free(struct walk_level *level) {
    close(level->fd);
    free(level->bytes);
    free(level->names);
}

static int push(struct walk *walk, int fd, size_t path_length) {
    struct walk_level *level = &walk->levels[walk->depth];
    *level = (struct walk_level){.fd = fd, .path_length = path_length};
    int number = read_names(level);
    if (number != 0) {
        level_free(level);
        return number;
    }
    walk->path[path_length] = 0;
    walk->depth++;
    return 0;
}

/* The empty walk, whose paths begin with the first `length` bytes of `prefix`. */
static int prepare(struct walk *walk, const char *prefix, size_t length) {
    walk->depth = 0;
    walk->levels = calloc(WALK_DEPTH_MAX, sizeof *walk->levels);
    walk->path = malloc(PATH_BYTES_MAX + 1);
    if (walk->levels == NULL || walk->path == NULL) {
        return ENOMEM;
    }
    if (length + NAME_BYTES_MAX > PATH_BYTES_MAX) {
        return ENAMETOOLONG;
    }
    memcpy(walk->path, prefix, length);
    walk->path[length] = 0;
    return 0;
}

int walk_start(struct walk *walk, int fd, const char *prefix) {
    size_t length = strlen(prefix);
    int number = prepare(walk, prefix, length);
    if (number != 0) {
        close(fd);
        return number;
    }
    return push(walk, fd, length);
}

int walk_start_at(struct walk *walk, int fd, const char *path, const char *last) {
    size_t length = (size_t)(last - path);
    struct walk_level level = {.fd = fd, .path_length = length};
    struct queue bytes = {0};
    char type = DT_UNKNOWN;
    int number = prepare(walk, path, length);
    if (number == 0 && strlen(last) > NAME_BYTES_MAX) {
        number = ENAMETOOLONG;
    }
    if (number == 0 && (!queue_append(&bytes, &type, 1) || !queue_append(&bytes, last, strlen(last) + 1))) {
        number = ENOMEM;
    }
    if (number == 0) {
        level.count = 1;
        number = sort_names(&level, &bytes);
    }
    if (number != 0) {
        queue_free(&bytes);
        close(fd);
        return number;
    }
    walk->levels[walk->depth++] = level;
    return 0;
}

enum walk_event walk_next(struct walk *walk) {
    if (walk->depth == 0) {
        return WALK_END;
    }
    struct walk_level *level = &walk->levels[walk->depth - 1];
    if (level->next == level->count) {
        return walk->depth == 1 ? WALK_END : WALK_LEAVE;
    }
    const char *name = level->bytes + level->names[level->next++];
    /* There is room for any name: walk_start and walk_enter have seen to it, and read_names to the names. */
    strcpy(walk->path + level->path_length, name);
    return WALK_NAME;
}

int walk_folder(const struct walk *walk) { return walk->levels[walk->depth - 1].fd; }

const char *walk_name(const struct walk *walk) { return walk->path + walk->levels[walk->depth - 1].path_length; }

bool walk_may_enter(const struct walk *walk) {
    const struct walk_level *level = &walk->levels[walk->depth - 1];
    char type = level->bytes[level->names[level->next - 1] - 1];
    return type == DT_DIR || type == DT_UNKNOWN;
}

int walk_enter(struct walk *walk, int fd) {
    size_t length = strlen(walk->path);
    if (walk->depth == WALK_DEPTH_MAX || length + 1 + NAME_BYTES_MAX > PATH_BYTES_MAX) {
        close(fd);
        return ENAMETOOLONG;
    }
    walk->path[length] = '/';
    walk->path[length + 1] = 0;
    int number = push(walk, fd, length + 1);
    if (number != 0) {
        walk->path[length] = 0;
    }
    return number;
}

void walk_leave(struct walk *walk) {
    struct walk_level *level = &walk->levels[--walk->depth];
    walk->path[level->path_length - 1] = 0;
    level_free(level);
}

void walk_free(struct walk *walk) {
    while (walk->depth > 0) {
        level_free(&walk->levels[--walk->depth]);
    }
    free(walk->levels);
    free(walk->path);
    *walk = (struct walk){0};
}
