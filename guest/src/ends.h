/* The two ends of what joins a command to the guest. Only ours never blocks: the other one belongs to the command. */
#ifndef ENDS_H
#define ENDS_H

#include <stdbool.h>
#include <sys/ioctl.h>

enum direction { OURS_READS, OURS_WRITES };

/* False with errno. What has been opened until then is in the arguments all the same, for the caller to close. */
bool open_pipe(int *ours, int *theirs, enum direction direction);
bool open_terminal(int *ours, int theirs[3], const struct winsize *size);
/* An input that is at its end. */
bool open_nothing(int *theirs);

#endif
