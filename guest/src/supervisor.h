/* The process between the guest and one command: a subreaper that outlives it and ends all it left behind. */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "frame.h"

enum { LIMITS_MAX = 5, OWN_USER = -1 };

struct command {
    char *folder;
    char **arguments;
    char **environment;
    uid_t user;
    gid_t group;
    bool terminal;
    uint64_t limits[LIMITS_MAX]; /* by the protocol's numbers */
    bool limited[LIMITS_MAX];
};

/* Reads the list of limits of an EXEC; false when one of them is unknown. */
bool command_take_limits(struct command *command, struct cursor *cursor);

enum report_kind { REPORT_STARTED = 1, REPORT_FAILED, REPORT_ENDED };

/* What the supervisor tells the guest through a pipe that no command can write to. */
struct report {
    uint8_t kind;
    uint8_t by_signal;
    uint8_t value;
    int32_t number; /* STARTED: pid; FAILED: errno; ENDED: survivors */
    char step[12];
};

/* Runs in the forked child; takes the three standard streams and the pipe for reports. */
_Noreturn void supervise(const struct command *command, const int streams[3], int reports, pid_t guest);

#endif
