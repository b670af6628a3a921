/* No quota: a look at what is free, often enough to stop a writer long before the disk is full. */
#define _GNU_SOURCE
#include "disk.h"

#include <stdbool.h>
#include <sys/statvfs.h>
#include <time.h>

#include "exec.h"
#include "guest.h"

enum {
    KEPT_PART = 4,        /* of what was free at the start, unless the numbers below are less */
    KEPT_FILES = 100000,
    NOISE_FILES = 1000,   /* what others on the same disk may do meanwhile */
    LOOK_NANOS = 100000000
};

static const uint64_t KEPT_BYTES = 1U << 30;
static const uint64_t NOISE_BYTES = 16U << 20;

struct room {
    uint64_t bytes;
    uint64_t files;
    bool counts_files; /* some file systems make inodes as they need them */
};

static uint64_t may_take;
static bool watched;
static int64_t next_look;
static struct room kept;
static struct room marked;

static bool look(struct room *room) {
    struct statvfs seen;
    if (fstatvfs(root_folder, &seen) < 0) {
        return false;
    }
    room->bytes = (uint64_t)seen.f_bavail * seen.f_frsize;
    room->files = seen.f_favail;
    room->counts_files = seen.f_files > 0;
    return true;
}

static uint64_t lesser(uint64_t one, uint64_t other) { return one < other ? one : other; }

void disk_watch(uint64_t most) {
    may_take = most;
    watched = look(&marked);
    kept.bytes = lesser(marked.bytes / KEPT_PART, KEPT_BYTES);
    kept.files = lesser(marked.files / KEPT_PART, KEPT_FILES);
}

void disk_mark(void) { watched = watched && look(&marked); }

static bool is_used_up(uint64_t before, uint64_t now, uint64_t most, uint64_t kept_free, uint64_t noise) {
    uint64_t taken = before > now ? before - now : 0;
    return taken > most || (taken > noise && now < kept_free);
}

static bool all_used_up(void) {
    struct room now;
    return look(&now) &&
           (is_used_up(marked.bytes, now.bytes, may_take, kept.bytes, NOISE_BYTES) ||
            (now.counts_files && is_used_up(marked.files, now.files, UINT64_MAX, kept.files, NOISE_FILES)));
}

long disk_timeout(void) { return watched && exec_any_runs() ? LOOK_NANOS : -1; }

void disk_tick(void) {
    struct timespec now;
    if (!watched || !exec_any_runs() || clock_gettime(CLOCK_MONOTONIC, &now) < 0) {
        return;
    }
    int64_t nanos = now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
    if (nanos >= next_look) {
        next_look = nanos + LOOK_NANOS;
        if (all_used_up()) {
            exec_end_for_disk();
        }
    }
}
