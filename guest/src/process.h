/* Every process in the sandbox but the guest and its supervisors: seen, signalled, stopped, ended. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
    pid_t pid, parent;
    bool dead;    /* with all of its threads: a first thread that has ended is not the end */
    bool stopped; /* with all of its threads */
    bool below;   /* the asked root */
};

/* All processes that /proc shows, in the order of their pids; false (errno) when it cannot be read. */
bool processes_list(struct process **list, size_t *count);
/* Marks what descends from `root`. */
void processes_mark(struct process *list, size_t count, pid_t root);
/* Signals all that descends from `root`; returns how many were alive. */
size_t processes_signal(pid_t root, int signal);
/* For a subreaper: kills and reaps everything below itself; returns how many had to be killed. */
unsigned processes_end_all(void);
/* Closes every descriptor from `first` on. */
void close_from(int first);

#endif
