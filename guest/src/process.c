#define _GNU_SOURCE
#include "process.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Reads state, parent and thread count from a stat file; the name in it may hold anything, so from its last ')'. */
static bool stat_read(int folder, const char *path, char *state, int *parent, long *threads) {
    char text[1024];
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0) {
        return false;
    }
    text[size] = 0;
    const char *rest = strrchr(text, ')');
    return rest != NULL &&
           sscanf(rest + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld", state, parent,
                  threads) == 3;
}

static bool is_stopped(char state) { return strchr("TtZXx", state) != NULL; }

static bool all_threads_stopped(int proc, const char *pid) {
    char path[64];
    snprintf(path, sizeof path, "%.20s/task", pid);
    int fd = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *tasks = fd < 0 ? NULL : fdopendir(fd);
    if (tasks == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return errno == ENOENT;
    }
    bool all = true;
    for (struct dirent *task; all && (task = readdir(tasks)) != NULL;) {
        char state;
        int parent;
        long threads;
        snprintf(path, sizeof path, "%.20s/stat", task->d_name);
        all = !isdigit((unsigned char)task->d_name[0]) ||
              !stat_read(dirfd(tasks), path, &state, &parent, &threads) || is_stopped(state);
    }
    closedir(tasks);
    return all;
}

static int by_pid(const void *a, const void *b) {
    pid_t one = ((const struct process *)a)->pid;
    pid_t other = ((const struct process *)b)->pid;
    return (one > other) - (one < other);
}

bool processes_list(struct process **list, size_t *count) {
    DIR *proc = opendir("/proc");
    *list = NULL;
    *count = 0;
    if (proc == NULL) {
        return false;
    }
    size_t room = 0;
    for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
        struct process process = {.pid = atoi(entry->d_name)};
        char path[32];
        char state;
        long threads;
        snprintf(path, sizeof path, "%.20s/stat", entry->d_name);
        if (process.pid <= 0 || !stat_read(dirfd(proc), path, &state, &process.parent, &threads)) {
            continue;
        }
        process.dead = threads <= 1 && strchr("ZXx", state) != NULL;
        process.stopped = threads > 1 ? all_threads_stopped(dirfd(proc), entry->d_name) : is_stopped(state);
        if (*count == room) {
            room = room == 0 ? 64 : room * 2;
            struct process *larger = realloc(*list, room * sizeof **list);
            if (larger == NULL) {
                free(*list);
                *list = NULL;
                closedir(proc);
                errno = ENOMEM;
                return false;
            }
            *list = larger;
        }
        (*list)[(*count)++] = process;
    }
    closedir(proc);
    if (*count > 0) {
        qsort(*list, *count, sizeof **list, by_pid);
    }
    return true;
}

void processes_mark(struct process *list, size_t count, pid_t root) {
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < count; i++) {
            if (list[i].below) {
                continue;
            }
            struct process parent = {.pid = list[i].parent};
            const struct process *found = bsearch(&parent, list, count, sizeof *list, by_pid);
            if (list[i].parent == root || (found != NULL && found->below)) {
                list[i].below = more = true;
            }
        }
    }
}

size_t processes_signal(pid_t root, int signal) {
    struct process *list;
    size_t count;
    size_t alive = 0;
    if (!processes_list(&list, &count)) {
        return 0;
    }
    processes_mark(list, count, root);
    for (size_t i = 0; i < count; i++) {
        if (list[i].below && !list[i].dead) {
            alive++;
            kill(list[i].pid, signal);
        }
    }
    free(list);
    return alive;
}

unsigned processes_end_all(void) {
    static const struct timespec tick = {.tv_nsec = 5000000};
    unsigned killed = 0;
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    for (;;) {
        siginfo_t any;
        if (waitid(P_ALL, 0, &any, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD) {
            return killed;
        }
        /* Nothing is reaped while something lives: the dead keep their places under a limit of processes, so that one
         * that forks as fast as it is killed runs out of them. */
        while (processes_signal(getpid(), SIGKILL) > 0) {
            sigtimedwait(&child, NULL, &tick);
        }
        int status;
        while (waitpid(-1, &status, WNOHANG) > 0) {
            killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        }
    }
}

void close_from(int first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) {
        return;
    }
#endif
    /* A kernel before 5.9: collect first, for closing while reading would disturb the reading. */
    DIR *open_ones = opendir("/proc/self/fd");
    int fds[8192];
    size_t count = 0;
    if (open_ones == NULL) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(open_ones)) != NULL && count < sizeof fds / sizeof *fds;) {
        int fd = atoi(entry->d_name);
        if (isdigit((unsigned char)entry->d_name[0]) && fd >= first) {
            fds[count++] = fd;
        }
    }
    closedir(open_ones);
    while (count > 0) {
        close(fds[--count]);
    }
}
