#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

enum { SECONDS_MAX = 3, USAGE = 64 };

void report(const char *name, enum verdict verdict, const char *format, ...) {
    static const char *const words[] = {"held", "partial", "broken"};
    char evidence[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(evidence, sizeof evidence, format, arguments);
    va_end(arguments);
    for (char *at = evidence; *at != 0; at++) {
        *at = (unsigned char)*at < ' ' ? ' ' : *at;
    }
    printf("%s\t%s\t%s\n", name, words[verdict], evidence);
    fflush(stdout);
}

bool is_refusal(int number) {
    return number == EPERM || number == EACCES || number == ENOSYS || number == EROFS || number == EAFNOSUPPORT ||
           number == EPROTONOSUPPORT || number == ESOCKTNOSUPPORT;
}

void report_attempt(const char *name, long result, enum verdict worst, const char *what) {
    if (result >= 0) {
        report(name, worst, "%s succeeded", what);
    } else {
        report(name, is_refusal(errno) ? HELD : PARTIAL, "%s: %s", what, strerror(errno));
    }
}

void status_value(const char *key, char *value, size_t size) {
    char line[256];
    size_t length = strlen(key);
    FILE *status = fopen("/proc/self/status", "re");
    value[0] = 0;
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, key, length) == 0 && line[length] == ':') {
            const char *from = line + length + 1 + strspn(line + length + 1, " \t");
            snprintf(value, size, "%.*s", (int)strcspn(from, " \t\n"), from);
        }
    }
    if (status != NULL) {
        fclose(status);
    }
}

long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The release names it; the boot id tells whether it is the very kernel that the host runs. */
void probe_kernel(void) {
    struct utsname name;
    char boot[64] = "unknown";
    FILE *id = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (id != NULL) {
        if (fgets(boot, sizeof boot, id) != NULL) {
            boot[strcspn(boot, "\n")] = 0;
        }
        fclose(id);
    }
    uname(&name);
    report("kernel.identity", PARTIAL, "release=%s boot=%s", name.release, boot);
}

static bool run(int count, char **arguments) {
    const char *group = count > 1 ? arguments[1] : "";
    const char *first = count > 2 ? arguments[2] : NULL;
    if (strcmp(group, "network") == 0) {
        probe_network();
    } else if (strcmp(group, "privileges") == 0) {
        probe_privileges();
    } else if (strcmp(group, "syscalls") == 0) {
        probe_syscalls();
    } else if (strcmp(group, "file-system") == 0) {
        probe_file_system(arguments + 2);
    } else if (strcmp(group, "kernel") == 0) {
        probe_kernel();
    } else if (first == NULL) {
        return false;
    } else if (strcmp(group, "memory") == 0) {
        probe_memory(strtoull(first, NULL, 10));
    } else if (strcmp(group, "pids") == 0) {
        probe_pids(strtoul(first, NULL, 10));
    } else if (strcmp(group, "cpu") == 0) {
        probe_cpu(strtod(first, NULL));
    } else if (strcmp(group, "disk") == 0) {
        probe_disk(first, count > 3 ? strtoull(arguments[3], NULL, 10) : 0);
    } else {
        return false;
    }
    return true;
}

/* The attempts run in a process group of their own, which is ended in time whatever they ran into. */
int main(int count, char **arguments) {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        sigprocmask(SIG_UNBLOCK, &child, NULL);
        exit(run(count, arguments) ? 0 : USAGE);
    }
    if (pid < 0) {
        perror("probe: fork");
        return 1;
    }
    setpgid(pid, pid);
    struct timespec limit = {.tv_sec = SECONDS_MAX};
    if (sigtimedwait(&child, NULL, &limit) < 0) {
        report(count > 1 ? arguments[1] : "probe", PARTIAL, "no end within %d s", SECONDS_MAX);
    }
    kill(-pid, SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == USAGE) {
        fprintf(stderr, "usage: probe network|privileges|syscalls|kernel|file-system [HOST_PATH...]\n"
                        "       probe memory BYTES|pids N|cpu CPUS|disk FOLDER [BYTES]\n");
        return USAGE;
    }
    return 0;
}
