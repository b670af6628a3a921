/* Opening what its owner has locked for itself: the mode is lifted on the very inode, never through a name. */
#ifndef LOCKED_H
#define LOCKED_H

#include <sys/stat.h>
#include <sys/types.h>

enum { NOT_LIFTED = -1 };

/* Changes the mode of what `fd` is open on, be it O_PATH only; 0 or -1. */
int mode_change(int fd, mode_t mode);
/* Opens a folder for reading and searching; `lifted` becomes the mode that must be put back later, or NOT_LIFTED. */
int folder_unlock(int parent, const char *name, int *lifted);
/* Opens a regular file for reading; the mode is as before when it returns. -1 with errno. */
int file_unlock(int parent, const char *name);

#endif
