/* Reaping, and stopping everything for a look (FREEZE). */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exec.h"
#include "guest.h"
#include "process.h"

enum {
    TICK_NANOS = 200000,
    SWEEP_NANOS = 2000000,
    TICKS_BEFORE_AGAIN = 100, /* 20 ms and more: something cannot stop before something else goes on */
    AGAIN_MAX = 100
};

struct freeze {
    struct stream stream;
};

static const struct stream_kind freeze_kind;

static struct stream *freezing; /* waits until all have stopped */
static unsigned depth;          /* freezes that have been answered and not thawed */
static unsigned ticks, rounds;
static pid_t *stopped;          /* by us, so that a thaw wakes nothing that was stopped before */
static size_t stopped_count, stopped_room;
static bool sweeping;
static bool orphaned;           /* ever: from then on every unknown child that ends is a reason to look */

bool reap_is_frozen(void) { return depth > 0 || freezing != NULL; }
bool reap_is_sweeping(void) { return sweeping; }

/* Only for children of the guest itself: whoever lost its supervisor. */
static void sweep(void) {
    struct process *list;
    size_t count;
    if (!processes_list(&list, &count)) {
        return;
    }
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (list[i].parent == getpid() && !list[i].dead && !exec_is_supervisor(list[i].pid)) {
            kill(list[i].pid, SIGKILL);
            found = true;
        }
    }
    free(list);
    sweeping = found;
}

void reap_sweep(void) { sweeping = orphaned = true; }

void reap_children(void) {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
        if (WIFSTOPPED(status)) {
            /* Something inside has stopped a supervisor, which never stops by itself. */
            if (exec_is_supervisor(pid)) {
                kill(pid, SIGCONT);
            }
        } else if (!exec_supervisor_gone(pid)) {
            /* What it had started may have come to us just behind the back of the last look. */
            sweeping = sweeping || orphaned;
        }
    }
    if (sweeping) {
        sweep();
    }
}

static bool remember_stopped(pid_t pid) {
    for (size_t i = 0; i < stopped_count; i++) {
        if (stopped[i] == pid) {
            return true;
        }
    }
    if (stopped_count == stopped_room) {
        size_t room = stopped_room == 0 ? 64 : stopped_room * 2;
        pid_t *larger = realloc(stopped, room * sizeof *stopped);
        if (larger == NULL) {
            return false;
        }
        stopped = larger;
        stopped_room = room;
    }
    stopped[stopped_count++] = pid;
    return true;
}

/* Children before parents, so that no shell wakes up to a child that seems to have been stopped by the user. */
static void wake(void) {
    while (stopped_count > 0) {
        kill(stopped[--stopped_count], SIGCONT);
    }
}

/* One pass; true when everything had stopped before it came by. */
static bool stop_all(void) {
    struct process *list;
    size_t count;
    bool clean = true;
    if (!processes_list(&list, &count)) {
        return false;
    }
    processes_mark(list, count, getpid());
    for (size_t i = 0; i < count; i++) {
        bool ours = (getpid() == 1 || list[i].below) && list[i].pid != getpid() && !exec_is_supervisor(list[i].pid);
        if (ours && !list[i].stopped) {
            clean = false;
            if (!remember_stopped(list[i].pid)) {
                break;
            }
            kill(list[i].pid, SIGSTOP);
        }
    }
    free(list);
    return clean;
}

static void freeze_tick(void) {
    for (int i = 0; i < 4; i++) {
        /* Two clean passes: the first may have missed the child of one that stopped while it was on its way. */
        if (stop_all() && stop_all()) {
            depth++;
            stream_done(freezing, 0, 0);
            freezing = NULL;
            return;
        }
        sched_yield();
    }
    if (++ticks < TICKS_BEFORE_AGAIN) {
        return;
    }
    /* One that has called vfork stops only when its child has gone on, so let all go on and try again. */
    ticks = 0;
    wake();
    if (++rounds == AGAIN_MAX) {
        stream_fail(freezing, EBUSY, "freeze");
        freezing = NULL;
        exec_start_held();
    }
}

static void freeze_abandon(struct stream *stream) {
    if (freezing == stream) {
        freezing = NULL;
        wake();
        exec_start_held();
    }
    stream_closed(stream);
}

static const struct stream_kind freeze_kind = {.frame = stream_takes_nothing, .abandon = freeze_abandon};

bool freeze_open(const struct frame *frame) {
    struct freeze *freeze = stream_open(frame->stream, &freeze_kind, sizeof *freeze);
    if (freeze == NULL) {
        return frame->size == 0;
    }
    if (depth > 0) {
        depth++;
        stream_done(&freeze->stream, 0, 0);
    } else if (freezing != NULL) {
        stream_fail(&freeze->stream, EBUSY, "freeze");
    } else {
        freezing = &freeze->stream;
        ticks = rounds = 0;
        freeze_tick();
    }
    return frame->size == 0;
}

bool thaw_open(const struct frame *frame) {
    struct freeze *thaw = stream_open(frame->stream, &freeze_kind, sizeof *thaw);
    if (thaw == NULL) {
        return frame->size == 0;
    }
    if (depth > 0 && --depth == 0) {
        wake();
        exec_start_held();
    }
    stream_done(&thaw->stream, 0, 0);
    return frame->size == 0;
}

long reap_timeout(void) { return freezing != NULL ? TICK_NANOS : sweeping ? SWEEP_NANOS : -1; }

void reap_tick(void) {
    if (freezing != NULL) {
        freeze_tick();
    }
    if (sweeping) {
        sweep();
    }
}
