/* The part of the wall that is built from inside, before the first frame. */
#ifndef WALL_H
#define WALL_H

#include <stdbool.h>
#include <stdint.h>

enum { DETACH_MAX = 8 };

struct wall {
    const char *root;
    const char *upper;
    const char *lower, *overlay_upper, *work; /* --mount-overlay */
    const char *detach[DETACH_MAX];
    int detach_count;
    bool becomes;
    unsigned long uid, gid; /* --become */
    bool drop;
    uint64_t disk; /* 0: commands may fill it */
};

/* Ends with one line on stderr and status 70, naming errno. */
_Noreturn void wall_fault(const char *step);
void wall_parse(struct wall *wall, int count, char **arguments);
/* Mounts, opens the upper layer, detaches, covers /proc, opens the root, becomes, drops: in this order. */
void wall_build(const struct wall *wall);

/* seccomp.c: installs the filter; false with errno. */
bool seccomp_install(void);

#endif
