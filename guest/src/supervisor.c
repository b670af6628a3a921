#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exec.h"
#include "process.h"

enum { REPORTS = 3 };

extern char **environ;

bool command_take_limits(struct command *command, struct cursor *cursor) {
    for (uint32_t left = take_u32(cursor); left > 0 && !cursor->bad; left--) {
        uint8_t resource = take_u8(cursor);
        uint64_t value = take_u64(cursor);
        if (resource >= LIMITS_MAX) {
            return false;
        }
        command->limits[resource] = value;
        command->limited[resource] = true;
    }
    return true;
}

/* Set by the child between vfork and exec: it shares our memory, and we wait until it is gone or another program. */
static volatile int failed_number;
static const char *volatile failed_step;

static bool failed(const char *step) {
    failed_number = errno;
    failed_step = step;
    return false;
}

static bool limit(const struct command *command) {
    static const int resources[LIMITS_MAX] = {RLIMIT_AS, RLIMIT_FSIZE, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_CPU};
    if (setrlimit(RLIMIT_NOFILE, &commands_open_files) < 0) {
        return failed("limit");
    }
    for (int i = 0; i < LIMITS_MAX; i++) {
        struct rlimit now;
        if (!command->limited[i]) {
            continue;
        }
        if (getrlimit(resources[i], &now) < 0) {
            return failed("limit");
        }
        rlim_t value = command->limits[i] < now.rlim_max ? command->limits[i] : now.rlim_max;
        now.rlim_cur = value;
        /* One second more for CPU time: SIGXCPU says why a command ended, SIGKILL would not. */
        rlim_t most = resources[i] == RLIMIT_CPU && value != RLIM_INFINITY ? value + 1 : value;
        now.rlim_max = most < now.rlim_max ? most : now.rlim_max;
        if (setrlimit(resources[i], &now) < 0) {
            return failed("limit");
        }
    }
    return true;
}

static bool change_user(const struct command *command) {
    bool other_group = command->group != (gid_t)OWN_USER && command->group != getegid();
    bool other_user = command->user != (uid_t)OWN_USER && command->user != geteuid();
    if ((other_group || other_user) && setgroups(0, NULL) < 0) {
        return failed("user");
    }
    if (other_group && setresgid(command->group, command->group, command->group) < 0) {
        return failed("user");
    }
    if (other_user && setresuid(command->user, command->user, command->user) < 0) {
        return failed("user");
    }
    return true;
}

static void become(const struct command *command) {
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    if (command->terminal && ioctl(0, TIOCSCTTY, 0) < 0) {
        failed("pty");
        return;
    }
    /* The user first: whether the folder may be entered is a question for the one who enters it. */
    if (!limit(command) || !change_user(command)) {
        return;
    }
    if (chdir(command->folder) < 0) {
        failed("chdir");
        return;
    }
    /* Where programs lie is the image's to say, unless the host says it. */
    const char *path = getenv("PATH");
    environ = command->environment;
    if (path != NULL && getenv("PATH") == NULL && setenv("PATH", path, 1) < 0) {
        failed("exec");
        return;
    }
    execvp(command->arguments[0], command->arguments);
    failed("exec");
}

static void tell(uint8_t kind, int32_t number, const char *step) {
    struct report report = {.kind = kind, .number = number};
    strncpy(report.step, step, sizeof report.step - 1);
    while (write(REPORTS, &report, sizeof report) < 0 && errno == EINTR) {
    }
}

static void tell_ended(int status, unsigned survivors) {
    struct report report = {.kind = REPORT_ENDED, .number = (int32_t)survivors};
    report.by_signal = WIFSIGNALED(status);
    report.value = (uint8_t)(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    while (write(REPORTS, &report, sizeof report) < 0 && errno == EINTR) {
    }
}

_Noreturn void supervise(const struct command *command, const int streams[3], int reports, pid_t guest) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "supervisor");
    if (getppid() != guest) {
        _exit(1);
    }
    for (int i = 0; i < 3; i++) {
        if (dup2(streams[i], i) < 0) {
            tell(REPORT_FAILED, errno, "streams");
            _exit(1);
        }
    }
    if (reports != REPORTS && dup3(reports, REPORTS, O_CLOEXEC) < 0) {
        _exit(1);
    }
    /* Other commands' pipes above all: while we held one, its reader would not see the end. */
    close_from(REPORTS + 1);
    pid_t pid = vfork();
    if (pid == 0) {
        become(command);
        _exit(127);
    }
    int fork_number = errno;
    for (int i = 0; i < 3; i++) {
        close(i);
    }
    if (pid < 0) {
        tell(REPORT_FAILED, fork_number, "fork");
        _exit(1);
    }
    if (failed_step != NULL) {
        waitpid(pid, NULL, 0);
        tell(REPORT_FAILED, failed_number, failed_step);
        _exit(1);
    }
    tell(REPORT_STARTED, pid, "");
    int status;
    pid_t ended;
    do {
        ended = waitpid(-1, &status, 0);
    } while (ended != pid && (ended > 0 || errno == EINTR));
    tell_ended(status, processes_end_all());
    _exit(0);
}
