/* The filter of system calls for walls that bring none of their own (bubblewrap).
 *
 * It is a list of what is allowed, like Docker's, written down by its gaps: allowed is every call up to LAST that is
 * not named below, everything else is refused. So the list is closed: a call that a later kernel brings does not exist
 * here until someone has looked at it and moved LAST. The gaps are Docker's for a container without capabilities, plus
 * chroot, modify_ldt, pidfd_getfd, personality but for its harmless values, and socket families but for unix, internet
 * and the routing table (which shows loopback only). ptrace stays, for debuggers: it reaches nothing that is not the
 * agent's own, since the guest is not dumpable. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "wall.h"

enum { LAST = 462 /* mseal, Linux 6.10 */, WORDS = LAST / 32 + 1, PROGRAM_MAX = 160 };

/* Numbers from 424 on are the same everywhere; the C library's headers may not know them yet. */
enum {
    PIDFD_SEND_SIGNAL = 424, IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER, OPEN_TREE, MOVE_MOUNT, FSOPEN,
    FSCONFIG, FSMOUNT, FSPICK, PIDFD_OPEN, CLONE3, CLOSE_RANGE, OPENAT2, PIDFD_GETFD, FACCESSAT2, PROCESS_MADVISE,
    EPOLL_PWAIT2, MOUNT_SETATTR, QUOTACTL_FD, SET_MEMPOLICY_HOME_NODE = 450, STATMOUNT = 457, LISTMOUNT,
    LSM_GET_SELF_ATTR, LSM_SET_SELF_ATTR, LSM_LIST_MODULES
};

static const uint16_t refused[] = {
    /* mounts and roots */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, OPEN_TREE, MOVE_MOUNT, FSOPEN, FSCONFIG, FSMOUNT, FSPICK,
    MOUNT_SETATTR, STATMOUNT, LISTMOUNT, SYS_open_by_handle_at, SYS_fanotify_init, SYS_quotactl, QUOTACTL_FD,
    SYS_swapon, SYS_swapoff,
    /* namespaces and other processes */
    SYS_unshare, SYS_setns, PIDFD_GETFD,
    /* large surfaces of the kernel that code at work does not need */
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER, SYS_add_key,
    SYS_request_key, SYS_keyctl, SYS_lookup_dcookie, SYS_nfsservctl, LSM_GET_SELF_ATTR, LSM_SET_SELF_ATTR,
    LSM_LIST_MODULES, SYS_mbind, SYS_set_mempolicy, SYS_get_mempolicy, SET_MEMPOLICY_HOME_NODE, SYS_migrate_pages,
    SYS_move_pages,
    /* the machine */
    SYS_reboot, SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_acct, SYS_syslog,
    SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex, SYS_sethostname, SYS_setdomainname,
    SYS_vhangup,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#else
    294, /* aarch64 */
#endif
#ifdef __x86_64__
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib, SYS__sysctl, SYS_sysfs, SYS_ustat, SYS_create_module,
    SYS_get_kernel_syms, SYS_query_module, SYS_getpmsg, SYS_putpmsg, SYS_afs_syscall, SYS_tuxcall, SYS_security,
    SYS_vserver, SYS_set_thread_area, SYS_get_thread_area, SYS_epoll_ctl_old, SYS_epoll_wait_old,
#endif
};

#ifdef __x86_64__
enum { ARCHITECTURE = AUDIT_ARCH_X86_64, GAP_FIRST = 335, GAP_LAST = 423 };
#else
enum { ARCHITECTURE = AUDIT_ARCH_AARCH64, GAP_FIRST = 295, GAP_LAST = 423 };
#endif

enum {
    NAMESPACES = 0x7e020000, /* the CLONE_NEW* of clone; the rest of its word are other flags */
    TIOCSTI_ = 0x5412,       /* types into the terminal */
    TIOCLINUX_ = 0x541c,     /* the same by pasting */
    X32_BIT = 0x40000000,
    ROUTING = 0              /* NETLINK_ROUTE */
};

static struct sock_filter program[PROGRAM_MAX];
static size_t length;

static void add(uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
    if (length < PROGRAM_MAX) {
        program[length] = (struct sock_filter)BPF_JUMP(code, value, yes, no);
    }
    length++;
}

static void answer(uint32_t value) { add(BPF_RET | BPF_K, value, 0, 0); }
static void refuse(int number) { answer(SECCOMP_RET_ERRNO | (uint32_t)number); }
static void load(size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }

/* Both architectures are little-endian: the low word comes first. The kernel looks at no more of what we test. */
static void load_argument(int which) { load(offsetof(struct seccomp_data, args) + 8 * (size_t)which); }

/* The call goes on to the next `instructions` only when it is `number`. */
static void only_for(uint32_t number, uint8_t instructions) { add(BPF_JMP | BPF_JEQ | BPF_K, number, 0, instructions); }

static void check_socket(uint32_t number) {
    only_for(number, 9);
    load_argument(0);
    add(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 6, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 5, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 4, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 2);
    load_argument(2);
    add(BPF_JMP | BPF_JEQ | BPF_K, ROUTING, 1, 0);
    refuse(EAFNOSUPPORT);
    answer(SECCOMP_RET_ALLOW);
}

static void check_personality(void) {
    /* Linux, with or without a 32-bit uname and fixed addresses (debuggers), and the question which one it is. */
    only_for(SYS_personality, 6);
    load_argument(0);
    add(BPF_JMP | BPF_JEQ | BPF_K, 0xffffffff, 3, 0);
    add(BPF_ALU | BPF_AND | BPF_K, ~0x00060008U, 0, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    refuse(EPERM);
    answer(SECCOMP_RET_ALLOW);
}

static void check_arguments(void) {
    only_for(CLONE3, 1);
    refuse(ENOSYS); /* its flags are in memory, out of a filter's sight; the C libraries fall back to clone */
    only_for(SYS_clone, 4);
    load_argument(0);
    add(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1);
    refuse(EPERM);
    answer(SECCOMP_RET_ALLOW);
    only_for(SYS_ioctl, 5);
    load_argument(1);
    add(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI_, 1, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX_, 0, 1);
    refuse(EPERM);
    answer(SECCOMP_RET_ALLOW);
    check_socket(SYS_socket);
    check_socket(SYS_socketpair);
    check_personality();
}

/* One bit for each call: the number's word is found by comparison, its bit by shifting. */
static void check_list(void) {
    uint32_t words[WORDS] = {0};
    for (uint32_t number = 0; number <= LAST; number++) {
        if (number < GAP_FIRST || number > GAP_LAST) {
            words[number / 32] |= 1U << number % 32;
        }
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        words[refused[i] / 32] &= ~(1U << refused[i] % 32);
    }
    add(BPF_ALU | BPF_AND | BPF_K, 31, 0, 0);
    add(BPF_MISC | BPF_TAX, 0, 0, 0);
    load(offsetof(struct seccomp_data, nr));
    add(BPF_ALU | BPF_RSH | BPF_K, 5, 0, 0);
    for (uint32_t word = 0; word < WORDS; word++) {
        add(BPF_JMP | BPF_JEQ | BPF_K, word, 0, 2);
        add(BPF_LD | BPF_IMM, words[word], 0, 0);
        add(BPF_JMP | BPF_JA, 3 * (WORDS - 1 - word), 0, 0);
    }
    add(BPF_ALU | BPF_RSH | BPF_X, 0, 0, 0);
    add(BPF_JMP | BPF_JSET | BPF_K, 1, 1, 0);
    refuse(EPERM);
    answer(SECCOMP_RET_ALLOW);
}

bool seccomp_install(void) {
    length = 0;
    load(offsetof(struct seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    answer(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    add(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    answer(SECCOMP_RET_KILL_PROCESS);
#endif
    add(BPF_JMP | BPF_JGT | BPF_K, LAST, 0, 1);
    refuse(ENOSYS);
    check_arguments();
    check_list();
    if (length > PROGRAM_MAX) {
        errno = E2BIG;
        return false;
    }
    struct sock_fprog filter = {.len = (unsigned short)length, .filter = program};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}
