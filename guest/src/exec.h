/* What start-up and the reaper need of the commands. */
#ifndef EXEC_H
#define EXEC_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

/* The limit of open files that commands get back (the guest raises its own). */
extern struct rlimit commands_open_files;

/* True when `pid` is the supervisor of a command that has not been answered yet. */
bool exec_is_supervisor(pid_t pid);
/* Tells the command of supervisor `pid` that it is gone; false when there is none. */
bool exec_supervisor_gone(pid_t pid);
/* Starts what has been held back by a freeze. */
void exec_start_held(void);
/* True while a command is there. */
bool exec_any_runs(void);
/* Ends all commands; each that dies of it is told to have died of SIGXFSZ. */
void exec_end_for_disk(void);

/* reap.c: the reaping of children, freeze and thaw. */
void reap_children(void);
bool reap_is_frozen(void);
/* True while processes that lost their supervisor may still be there. */
bool reap_is_sweeping(void);
void reap_sweep(void);
/* Nanoseconds until the loop must call reap_tick, -1 for never. */
long reap_timeout(void);
void reap_tick(void);

#endif
