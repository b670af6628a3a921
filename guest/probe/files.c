#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#include "probe.h"

enum { SOCKET_DEPTH = 3, NAMES_MAX = 4096 };

/* The image's own files are not the host's, so writing there breaks nothing; but no wall of ours needs it. */
static void system_folder(const char *folder) {
    char path[128];
    char name[64];
    snprintf(path, sizeof path, "%s/.probe-%d", strcmp(folder, "/") == 0 ? "" : folder, getpid());
    snprintf(name, sizeof name, "file-system.write:%s", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool absent = fd < 0 && errno == ENOENT;
    if (absent) {
        report(name, HELD, "there is no %s", folder);
    } else {
        report_attempt(name, fd, PARTIAL, "a new file");
    }
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
}

static void kernel_file(const char *path) {
    char name[96];
    snprintf(name, sizeof name, "file-system.write:%s", path);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        report(name, HELD, "not there");
        return;
    }
    report_attempt(name, fd, BROKEN, "opening it for writing");
    if (fd >= 0) {
        close(fd);
    }
}

static void host_path(const char *path) {
    char name[256];
    struct stat seen;
    snprintf(name, sizeof name, "file-system.host:%.200s", path);
    if (lstat(path, &seen) == 0) {
        report(name, BROKEN, "it is there, %s", access(path, R_OK) == 0 ? "readable" : "not readable");
    } else {
        report(name, errno == ENOENT || errno == ENOTDIR ? HELD : PARTIAL, "%s", strerror(errno));
    }
}

struct finds {
    int count, names;
    char example[256];
};

static void find(const char *folder, mode_t type, int depth, struct finds *finds) {
    DIR *open_folder = opendir(folder);
    for (struct dirent *entry; open_folder != NULL && (entry = readdir(open_folder)) != NULL;) {
        char path[512];
        struct stat seen;
        if (entry->d_name[0] == '.' || ++finds->names > NAMES_MAX ||
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path ||
            lstat(path, &seen) < 0) {
            continue;
        }
        if ((seen.st_mode & S_IFMT) == type) {
            finds->count++;
            snprintf(finds->example, sizeof finds->example, "%.255s", path);
        } else if (S_ISDIR(seen.st_mode) && depth > 1) {
            find(path, type, depth - 1, finds);
        }
    }
    if (open_folder != NULL) {
        closedir(open_folder);
    }
}

static void sockets(void) {
    static const char *const folders[] = {"/run", "/var/run", "/var/lib", "/tmp", "/dev"};
    struct finds finds = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        find(folders[i], S_IFSOCK, SOCKET_DEPTH, &finds);
    }
    if (finds.count == 0) {
        report("file-system.sockets", HELD, "none below /run, /var, /tmp and /dev");
        return;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", finds.example);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool open_one = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    report("file-system.sockets", open_one ? BROKEN : PARTIAL, "%d, such as %s, which %s", finds.count, finds.example,
           open_one ? "accepts connections" : "does not answer");
    if (fd >= 0) {
        close(fd);
    }
}

static void block_devices(void) {
    struct finds finds = {0};
    find("/dev", S_IFBLK, 2, &finds);
    if (finds.count == 0) {
        report("file-system.block-devices", HELD, "none in /dev");
        return;
    }
    int fd = open(finds.example, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    report("file-system.block-devices", fd >= 0 ? BROKEN : PARTIAL, "%d, such as %s: %s", finds.count, finds.example,
           fd >= 0 ? "opened" : strerror(errno));
    if (fd >= 0) {
        close(fd);
    }
}

void probe_file_system(char **host_paths) {
    static const char *const folders[] = {"/", "/usr", "/usr/bin", "/etc", "/sys", "/sys/fs/cgroup", "/.safe-coder"};
    static const char *const files[] = {"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname",
                                        "/proc/sys/vm/drop_caches", "/proc/sysrq-trigger", "/sys/kernel/uevent_helper",
                                        "/dev/mem", "/dev/kmsg"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        system_folder(folders[i]);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        kernel_file(files[i]);
    }
    sockets();
    block_devices();
    for (; *host_paths != NULL; host_paths++) {
        host_path(*host_paths);
    }
}

/* Without a number only what the system says of itself; with one, as much is written and removed again. */
void probe_disk(const char *folder, unsigned long long limit) {
    static char portion[1 << 20];
    char path[4096];
    struct statvfs space;
    struct rlimit file_size;
    if (statvfs(folder, &space) < 0 || getrlimit(RLIMIT_FSIZE, &file_size) < 0) {
        report("disk.space", PARTIAL, "%s: %s", folder, strerror(errno));
        return;
    }
    unsigned long long room = (unsigned long long)space.f_blocks * space.f_frsize;
    unsigned long long available = (unsigned long long)space.f_bavail * space.f_frsize;
    report("disk.space", PARTIAL, "%s: %llu of %llu bytes are free, file size limit %lld", folder, available, room,
           (long long)file_size.rlim_cur);
    if (limit == 0) {
        return;
    }
    if (limit > available) {
        report("disk.limit", HELD, "only %llu bytes are free", available);
        return;
    }
    snprintf(path, sizeof path, "%s/.probe-%d", folder, getpid());
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    unlink(path);
    unsigned long long written = 0;
    signal(SIGXFSZ, SIG_IGN); /* a limit of the file's size is an answer, too */
    long began = now_ms();
    while (fd >= 0 && written <= limit && now_ms() - began < 2000) {
        ssize_t size = write(fd, portion, sizeof portion);
        if (size < 0) {
            break;
        }
        written += (unsigned long long)size;
    }
    if (fd >= 0 && written > limit) {
        report("disk.limit", BROKEN, "%llu bytes were written", written);
    } else if (fd >= 0 && now_ms() - began >= 2000) {
        report("disk.limit", PARTIAL, "not tried to the end: %llu bytes in 2 s", written);
    } else {
        report("disk.limit", HELD, "%s after %llu bytes", strerror(errno), written);
    }
    if (fd >= 0) {
        close(fd);
    }
}
