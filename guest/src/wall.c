#define _GNU_SOURCE
#include "wall.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

_Noreturn void wall_fault(const char *step) {
    fprintf(stderr, "guest: %s: %s\n", step, strerror(errno));
    exit(EXIT_FAULT);
}

static _Noreturn void usage(const char *argument) {
    fprintf(stderr, "guest: options: %s is unknown, incomplete or one too many\n", argument);
    exit(EXIT_FAULT);
}

static uint64_t bytes(const char *text) {
    char *end;
    errno = 0;
    uint64_t value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != 0 || errno != 0) {
        usage(text);
    }
    return value;
}

static unsigned long number(const char *text) {
    uint64_t value = bytes(text);
    if (value >= UINT32_MAX) {
        usage(text);
    }
    return (unsigned long)value;
}

void wall_parse(struct wall *wall, int count, char **arguments) {
    for (int i = 1; i < count;) {
        const char *option = arguments[i++];
        int left = count - i;
        if (strcmp(option, "--root") == 0 && left >= 1) {
            wall->root = arguments[i++];
        } else if (strcmp(option, "--upper") == 0 && left >= 1) {
            wall->upper = arguments[i++];
        } else if (strcmp(option, "--mount-overlay") == 0 && left >= 3) {
            wall->lower = arguments[i++];
            wall->overlay_upper = arguments[i++];
            wall->work = arguments[i++];
        } else if (strcmp(option, "--detach") == 0 && left >= 1 && wall->detach_count < DETACH_MAX) {
            wall->detach[wall->detach_count++] = arguments[i++];
        } else if (strcmp(option, "--become") == 0 && left >= 2) {
            wall->becomes = true;
            wall->uid = number(arguments[i++]);
            wall->gid = number(arguments[i++]);
        } else if (strcmp(option, "--disk") == 0 && left >= 1) {
            wall->disk = bytes(arguments[i++]);
        } else if (strcmp(option, "--drop") == 0) {
            wall->drop = true;
        } else {
            usage(option);
        }
    }
}

/* In the first user namespace every id stands for itself. */
static bool is_real_root(void) {
    unsigned inside = 1;
    unsigned outside = 1;
    unsigned length = 0;
    FILE *map = fopen("/proc/self/uid_map", "re");
    if (map != NULL) {
        if (fscanf(map, "%u %u %u", &inside, &outside, &length) != 3) {
            length = 0;
        }
        fclose(map);
    }
    return geteuid() == 0 && inside == 0 && outside == 0 && length == 4294967295U;
}

static void mount_overlay(const struct wall *wall) {
    const char *layers[] = {wall->lower, wall->overlay_upper, wall->work};
    char options[3 * 4096 + 128];
    for (int i = 0; i < 3; i++) {
        /* They separate options and layers; no wall of ours names a layer so. */
        if (strpbrk(layers[i], ",:\\") != NULL || strlen(layers[i]) >= 4096) {
            errno = EINVAL;
            wall_fault("overlay");
        }
    }
    int size = snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s,index=off,", wall->lower,
                        wall->overlay_upper, wall->work);
    char *rest = options + size;
    size_t left = sizeof options - (size_t)size;
    /* userxattr switches redirects and metacopy off by itself, and some kernels refuse to hear it twice. */
    snprintf(rest, left, "userxattr");
    if (mount("overlay", wall->root, "overlay", MS_NOSUID | MS_NODEV, options) == 0) {
        return;
    }
    if (errno == EINVAL && is_real_root()) {
        snprintf(rest, left, "redirect_dir=off,metacopy=off");
        if (mount("overlay", wall->root, "overlay", MS_NOSUID | MS_NODEV, options) == 0) {
            return;
        }
    }
    wall_fault("overlay");
}

static int open_folder(const char *path, const char *step) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        wall_fault(step);
    }
    return fd;
}

static void write_own(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd) < 0) {
        wall_fault("user namespace");
    }
}

/* A user namespace of our own (and what else `flags` say), in which our user and group have these numbers. */
static void enter_namespace(int flags, unsigned long uid, unsigned long gid) {
    char map[64];
    unsigned outer_uid = geteuid();
    unsigned outer_gid = getegid();
    if (unshare(CLONE_NEWUSER | flags) < 0) {
        wall_fault("user namespace");
    }
    write_own("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%lu %u 1", uid, outer_uid);
    write_own("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%lu %u 1", gid, outer_gid);
    write_own("/proc/self/gid_map", map);
}

static bool kernel_is_writable(void) { return access("/proc/sys/kernel/core_pattern", W_OK) == 0; }

static bool cover(const char *path) {
    struct statvfs mounted;
    if (access(path, F_OK) < 0) {
        return true;
    }
    if (mount(path, path, NULL, MS_BIND | MS_REC, NULL) < 0 || statvfs(path, &mounted) < 0) {
        return false;
    }
    /* Flags that came from above are locked, and must be said again. */
    unsigned long flags = mounted.f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME);
    flags |= (mounted.f_flag & ST_RELATIME) != 0 ? MS_RELATIME : 0;
    return mount(NULL, path, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | flags, NULL) == 0;
}

/* Where root of the host builds a wall of namespaces alone, whoever is inside is still root to the files of /proc, with
 * no capability asked for: core_pattern would name a program that the kernel runs outside. So what engines cover, we
 * cover, at the price of one more namespace where the right to mount has been taken from us. */
static void cover_kernel(void) {
    static const char *const paths[] = {"/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs"};
    if (!kernel_is_writable()) {
        return;
    }
    /* The mounts that an ordinary process sees are not ours to change. */
    bool may_mount = getpid() == 1 && cover(paths[0]);
    if (!may_mount) {
        enter_namespace(CLONE_NEWNS, geteuid(), getegid());
    }
    for (size_t i = may_mount; i < sizeof paths / sizeof *paths; i++) {
        if (!cover(paths[i])) {
            wall_fault(paths[i]);
        }
    }
    if (kernel_is_writable()) {
        errno = EROFS;
        wall_fault("/proc/sys");
    }
}

static void drop_capabilities(void) {
    for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++) {
        if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1 && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) {
            wall_fault("bounding set");
        }
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 && errno != EINVAL) {
        wall_fault("ambient set");
    }
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    if (syscall(SYS_capset, &header, none) < 0) {
        wall_fault("capabilities");
    }
}

void wall_build(const struct wall *wall) {
    if (wall->lower != NULL) {
        mount_overlay(wall);
    }
    const char *upper = wall->lower != NULL ? wall->overlay_upper : wall->upper;
    if (upper != NULL) {
        upper_folder = open_folder(upper, "upper");
    }
    for (int i = 0; i < wall->detach_count; i++) {
        if (umount2(wall->detach[i], MNT_DETACH) < 0) {
            wall_fault("detach");
        }
    }
    if (wall->drop) {
        cover_kernel();
    }
    /* Only now, because a namespace of mounts has its own copy of the root. */
    root_folder = open_folder(wall->root, "root");
    if (fchdir(root_folder) < 0) {
        wall_fault("root");
    }
    if (wall->becomes) {
        /* From here on the mounts belong to a namespace above: no capability that we could ever have reaches them. */
        enter_namespace(0, wall->uid, wall->gid);
    }
    if (!wall->drop) {
        return;
    }
    drop_capabilities();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        wall_fault("no-new-privileges");
    }
    if (!seccomp_install()) {
        wall_fault("seccomp");
    }
}
