#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probe.h"

static void capabilities(void) {
    static const char *const sets[] = {"CapEff", "CapPrm", "CapInh", "CapAmb", "CapBnd"};
    char value[64];
    for (int i = 0; i < 5; i++) {
        status_value(sets[i], value, sizeof value);
        if (strspn(value, "0") != strlen(value) || value[0] == 0) {
            report("privileges.capabilities", i < 2 ? BROKEN : PARTIAL, "%s %s", sets[i], value);
            return;
        }
    }
    report("privileges.capabilities", HELD, "none, and none in the bounding set");
}

static void user(void) {
    unsigned inside = 0;
    unsigned outside = 0;
    unsigned length = 0;
    FILE *map = fopen("/proc/self/uid_map", "re");
    if (map != NULL) {
        if (fscanf(map, "%u %u %u", &inside, &outside, &length) != 3) {
            length = 0;
        }
        fclose(map);
    }
    bool own_namespace = length != 4294967295U;
    bool root = geteuid() == 0;
    report("privileges.user", root && !own_namespace ? PARTIAL : HELD, "uid %u%s", geteuid(),
           own_namespace ? ", in a user namespace of its own" : root ? ", the host's root" : "");
}

/* In a child, for what it would gain is not to stay with us. */
static void in_child(const char *name, long (*attempt)(void), enum verdict worst, const char *what) {
    int ends[2];
    int number = EIO;
    if (pipe2(ends, O_CLOEXEC) < 0) {
        report(name, PARTIAL, "not tried: %s", strerror(errno));
        return;
    }
    pid_t pid = fork();
    if (pid == 0) {
        number = attempt() < 0 ? errno : 0;
        _exit(write(ends[1], &number, sizeof number) == sizeof number ? 0 : 1);
    }
    close(ends[1]);
    int status = 0;
    bool told = pid > 0 && read(ends[0], &number, sizeof number) == sizeof number;
    close(ends[0]);
    if (pid > 0) {
        waitpid(pid, &status, 0);
    }
    if (!told && WIFSIGNALED(status)) {
        report(name, HELD, "%s: killed by signal %d", what, WTERMSIG(status));
        return;
    }
    errno = number;
    report_attempt(name, told && number == 0 ? 0 : -1, worst, what);
}

static long new_user_namespace(void) { return unshare(CLONE_NEWUSER); }
static long new_mount_namespace(void) { return unshare(CLONE_NEWNS); }
/* Attempts that would leave a mark where they succeed end in an error behind the question of rights instead. */
static long mounting(void) {
    long result = mount("none", "/tmp", "no-such-file-system", 0, NULL);
    return result < 0 && errno == ENODEV ? 0 : result;
}

static long new_root(void) { return chroot("/tmp"); }
static long attach(void) { return ptrace(PTRACE_SEIZE, 1, NULL, NULL); }

static long clone_namespaces(void) {
    unsigned long long arguments[11] = {CLONE_NEWUSER | CLONE_NEWNET};
    arguments[4] = SIGCHLD;
    long pid = syscall(435 /* clone3 */, arguments, sizeof arguments);
    if (pid == 0) {
        _exit(0);
    }
    return pid;
}

static long become_root(void) {
    /* One who is root already gains nothing by it, but another uid would be another one's files. */
    long result = geteuid() == 0 ? setuid(12345) : setuid(0);
    if (result < 0 && errno == EINVAL) {
        errno = EPERM; /* the namespace has no such user */
    }
    return result;
}

static void set_id_programs(void) {
    static const char *const folders[] = {"/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin"};
    char value[16];
    int found = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
            struct stat seen;
            found += fstatat(dirfd(folder), entry->d_name, &seen, AT_SYMLINK_NOFOLLOW) == 0 &&
                     S_ISREG(seen.st_mode) && (seen.st_mode & (S_ISUID | S_ISGID)) != 0;
        }
        if (folder != NULL) {
            closedir(folder);
        }
    }
    status_value("NoNewPrivs", value, sizeof value);
    bool inert = strcmp(value, "1") == 0;
    report("privileges.no-new-privileges", inert ? HELD : BROKEN, "%s; %d set-id programs", inert ? "set" : "not set",
           found);
}

static void device_node(void) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/.probe-%d", getpid());
    int made = mknod(path, S_IFBLK | 0600, makedev(8, 0));
    report_attempt("privileges.mknod", made, BROKEN, "a block device");
    if (made == 0) {
        unlink(path);
    }
}

static void first_process(void) {
    static const char *const files[] = {"/proc/1/mem", "/proc/1/environ", "/proc/1/fd/0"};
    for (int i = 0; i < 3; i++) {
        int fd = open(files[i], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd >= 0) {
            close(fd);
            report("privileges.guest", BROKEN, "%s can be opened", files[i]);
            return;
        }
    }
    report("privileges.guest", HELD, "memory, environment and descriptors of process 1: %s", strerror(errno));
}

void probe_privileges(void) {
    capabilities();
    set_id_programs();
    user();
    in_child("privileges.set-user", become_root, BROKEN, "another user id");
    in_child("privileges.mount", mounting, BROKEN, "a mount");
    in_child("privileges.user-namespace", new_user_namespace, BROKEN, "a user namespace");
    in_child("privileges.mount-namespace", new_mount_namespace, BROKEN, "a mount namespace");
    in_child("privileges.clone-namespace", clone_namespaces, BROKEN, "clone3 with namespaces");
    in_child("privileges.chroot", new_root, BROKEN, "chroot");
    in_child("privileges.ptrace", attach, BROKEN, "tracing process 1");
    first_process();
    device_node();
}

static long foreign_call(void) {
#ifdef __x86_64__
    return syscall(0x40000000 + SYS_getpid); /* x32 */
#else
    errno = ENOSYS;
    return -1;
#endif
}

static long push_input(void) {
    char byte = '\n';
    return ioctl(0, 0x5412 /* TIOCSTI */, &byte);
}

void probe_syscalls(void) {
    char value[16];
    static char zeros[128];
    unsigned uring[30] = {0};
    status_value("Seccomp", value, sizeof value);
    report("syscalls.filter", strcmp(value, "2") == 0 ? HELD : BROKEN, "Seccomp %s", value);
    /* One that gets through is partial: the filter is there, and has a gap. */
    report_attempt("syscalls.keyctl", syscall(SYS_keyctl, 0, -3, 0), PARTIAL, "keyctl");
    report_attempt("syscalls.add_key", syscall(SYS_add_key, "user", "probe", "x", 1, -2), PARTIAL, "add_key");
    report_attempt("syscalls.bpf", syscall(SYS_bpf, 5, zeros, sizeof zeros), PARTIAL, "bpf");
    report_attempt("syscalls.perf_event_open", syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0), PARTIAL,
                   "perf_event_open");
    report_attempt("syscalls.userfaultfd", syscall(SYS_userfaultfd, 0), PARTIAL, "userfaultfd");
    report_attempt("syscalls.io_uring", syscall(425, 1, uring), PARTIAL, "io_uring_setup");
    report_attempt("syscalls.kexec_load", syscall(SYS_kexec_load, 0, 0, NULL, ~0UL), PARTIAL, "kexec_load");
    report_attempt("syscalls.init_module", syscall(SYS_init_module, zeros, 0, ""), PARTIAL, "init_module");
    report_attempt("syscalls.open_by_handle_at", syscall(SYS_open_by_handle_at, -1, zeros, 0), PARTIAL,
                   "open_by_handle_at");
    report_attempt("syscalls.af_alg", socket(38, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), PARTIAL, "a crypto socket");
    in_child("syscalls.foreign", foreign_call, PARTIAL, "a call of another architecture");
    if (isatty(0)) {
        in_child("syscalls.tiocsti", push_input, PARTIAL, "typing into the terminal");
    }
}
