/* What commands take of the disk that the workspace lies on. */
#ifndef DISK_H
#define DISK_H

#include <stdint.h>

/* Takes `most` bytes as what commands may take, and looks at what is free now. */
void disk_watch(uint64_t most);
/* The first of the commands that run together starts: what they take counts from here. */
void disk_mark(void);
/* Nanoseconds until the loop must call disk_tick, -1 for never. */
long disk_timeout(void);
/* Ends the commands when they have taken more than they may, or take of what has to stay free. */
void disk_tick(void);

#endif
