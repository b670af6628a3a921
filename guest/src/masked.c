/* Lists what is masked in a project that nobody but its user can write: a plain reading of every folder once, in the
 * order of the file system, where the guest's own walks look at each name again. */
#define _GNU_SOURCE
#include "masked.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "due.h"
#include "guest.h"
#include "pattern.h"
#include "walk.h"

enum { READ_BYTES = 65536, INPUT_BYTES_MAX = 65536 };

struct listing {
    struct pattern *patterns;
    size_t count;
    char path[PATH_BYTES_MAX + 1]; /* of the current folder, with its slash */
    _Alignas(struct dirent) char entries[READ_BYTES]; /* of one folder at a time */
};

static bool failed(const struct listing *listing, const char *name, int number) {
    fprintf(stderr, "guest: %s%s: %s\n", listing->path, name, strerror(number));
    return false;
}

static bool is_folder(int folder, const struct dirent *entry) {
    struct stat seen;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type == DT_DIR;
    }
    return fstatat(folder, entry->d_name, &seen, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(seen.st_mode);
}

/* Prints an entry that is masked; keeps the name of a folder that is to be looked into. */
static bool take_entry(struct listing *listing, int folder, const struct dirent *entry, struct queue *folders) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return true;
    }
    if (strlen(name) > NAME_BYTES_MAX) {
        return failed(listing, name, ENAMETOOLONG);
    }
    if (is_masked(listing->patterns, listing->count, name)) {
        return printf("%s%s", listing->path, name) >= 0 && putchar(0) == 0;
    }
    if (!is_folder(folder, entry) || is_git(name)) {
        return true;
    }
    return queue_append(folders, name, strlen(name) + 1) || failed(listing, name, ENOMEM);
}

static bool take_entries(struct listing *listing, int folder, struct queue *folders) {
    long size;
    while ((size = syscall(SYS_getdents64, folder, listing->entries, sizeof listing->entries)) > 0) {
        for (long at = 0; at < size;) {
            const struct dirent *entry = (const struct dirent *)(listing->entries + at);
            if (!take_entry(listing, folder, entry, folders)) {
                return false;
            }
            at += entry->d_reclen;
        }
    }
    return size == 0 || failed(listing, "", errno);
}

/* Looks into the folder `fd`, which it closes, and into those below. */
static bool list_folder(struct listing *listing, int fd, unsigned depth) {
    struct queue folders = {0};
    size_t length = strlen(listing->path);
    bool well = take_entries(listing, fd, &folders);
    while (well && folders.length > 0) {
        const char *name = (const char *)folders.bytes + folders.start;
        size_t size = strlen(name);
        int next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (next < 0) {
            /* What is gone or no folder any more holds nothing. */
            well = errno == ENOENT || errno == ENOTDIR || errno == ELOOP || failed(listing, name, errno);
        } else if (depth == WALK_DEPTH_MAX || length + size + 1 + NAME_BYTES_MAX > PATH_BYTES_MAX) {
            close(next);
            well = failed(listing, name, ENAMETOOLONG);
        } else {
            memcpy(listing->path + length, name, size);
            strcpy(listing->path + length + size, "/");
            well = list_folder(listing, next, depth + 1);
            listing->path[length] = 0;
        }
        queue_drop(&folders, size + 1);
    }
    queue_free(&folders);
    close(fd);
    return well;
}

/* The patterns from stdin, each ended by a zero byte; NULL with errno. */
static struct pattern *read_patterns(size_t *count) {
    static char bytes[INPUT_BYTES_MAX + 1];
    static char *texts[INPUT_BYTES_MAX];
    size_t length = fread(bytes, 1, sizeof bytes, stdin);
    if (length > INPUT_BYTES_MAX || (length > 0 && bytes[length - 1] != 0)) {
        errno = EINVAL;
        return NULL;
    }
    *count = 0;
    for (char *at = bytes; at < bytes + length; at += strlen(at) + 1) {
        texts[(*count)++] = at;
    }
    return patterns_read(texts, *count);
}

int list_masked(const char *root) {
    static struct listing listing;
    listing.patterns = read_patterns(&listing.count);
    int fd = listing.patterns == NULL ? -1 : open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool well = fd < 0 ? failed(&listing, root, errno) : list_folder(&listing, fd, 1);
    return well && fflush(stdout) == 0 ? 0 : EXIT_FAULT;
}
