#define _GNU_SOURCE
#include "locked.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void name_of(int fd, char name[32]) { snprintf(name, 32, "/proc/self/fd/%d", fd); }

int mode_change(int fd, mode_t mode) {
    char name[32];
    name_of(fd, name);
    return chmod(name, mode & 07777);
}

static void close_keeping_errno(int fd) {
    int number = errno;
    close(fd);
    errno = number;
}

/* Opens the inode without any right to it; makes it `mode` more open; `before` is what it was. */
static int lift(int parent, const char *name, mode_t type, mode_t more, mode_t *before) {
    struct stat seen;
    int fd = openat(parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    errno = EACCES;
    if (fstat(fd, &seen) < 0 || (seen.st_mode & S_IFMT) != type || mode_change(fd, seen.st_mode | more) < 0) {
        close_keeping_errno(fd);
        return -1;
    }
    *before = seen.st_mode & 07777;
    return fd;
}

static int open_searchable(int parent, const char *name) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && faccessat(fd, ".", X_OK, 0) < 0) {
        close_keeping_errno(fd);
        return -1;
    }
    return fd;
}

int folder_unlock(int parent, const char *name, int *lifted) {
    mode_t before;
    *lifted = NOT_LIFTED;
    int fd = open_searchable(parent, name);
    if (fd >= 0 || errno != EACCES) {
        return fd;
    }
    int inode = lift(parent, name, S_IFDIR, 0500, &before);
    if (inode < 0) {
        return -1;
    }
    fd = open_searchable(inode, ".");
    if (fd >= 0) {
        *lifted = (int)before;
    } else {
        int number = errno;
        mode_change(inode, before);
        errno = number;
    }
    close_keeping_errno(inode);
    return fd;
}

int file_unlock(int parent, const char *name) {
    char link[32];
    mode_t before;
    /* Not to wait: for a fifo's other end, or for whoever has a lease on the file. */
    int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = openat(parent, name, flags | O_NOFOLLOW);
    if (fd >= 0 || errno != EACCES) {
        return fd;
    }
    int inode = lift(parent, name, S_IFREG, 0400, &before);
    if (inode < 0) {
        return -1;
    }
    name_of(inode, link);
    fd = open(link, flags);
    int number = errno;
    mode_change(inode, before);
    errno = number;
    close_keeping_errno(inode);
    return fd;
}
