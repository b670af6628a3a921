#define _GNU_SOURCE
#include "ends.h"

#include <fcntl.h>
#include <unistd.h>

#ifndef TIOCGPTPEER
#define TIOCGPTPEER 0x5441
#endif

bool open_pipe(int *ours, int *theirs, enum direction direction) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return false;
    }
    *ours = ends[direction == OURS_WRITES];
    *theirs = ends[direction == OURS_READS];
    return fcntl(*ours, F_SETFL, O_NONBLOCK) == 0;
}

bool open_terminal(int *ours, int theirs[3], const struct winsize *size) {
    int unlocked = 0;
    *ours = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (*ours < 0 || ioctl(*ours, TIOCSPTLCK, &unlocked) < 0 || ioctl(*ours, TIOCSWINSZ, size) < 0) {
        return false;
    }
    /* The other end of this very one, without a name that someone could have put something else behind. */
    theirs[0] = ioctl(*ours, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (theirs[0] < 0) {
        return false;
    }
    theirs[1] = fcntl(theirs[0], F_DUPFD_CLOEXEC, 3);
    theirs[2] = fcntl(theirs[0], F_DUPFD_CLOEXEC, 3);
    return theirs[1] >= 0 && theirs[2] >= 0;
}

bool open_nothing(int *theirs) {
    *theirs = open("/dev/null", O_RDONLY | O_CLOEXEC);
    return *theirs >= 0;
}
