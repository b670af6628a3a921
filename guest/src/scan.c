/* SCAN: a walk through the upper layer or the root, side by side with the table of the last one. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest.h"
#include "due.h"
#include "locked.h"
#include "table.h"
#include "walk.h"

enum extent { BASELINE, DELTA, FULL };

/* A folder that the walk is in; the scanned folder itself is the first. */
struct inside {
    int view;      /* the same folder in the merged view; without an overlay another descriptor of it */
    int lifted;    /* its mode, when that had to be opened */
    size_t record; /* in the new table */
    bool told;
    size_t length; /* of its path */
    struct stat seen;
};

struct scan {
    struct stream stream;
    struct walk walk;
    struct inside *inside;
    struct table table;
    struct due due;
    size_t old;    /* the next record of the old table */
    uint8_t extent;
    bool name_waits, walked;
    uint64_t most_file, most_total, entries, total;
    uint32_t most_entries, most_depth;
};

static struct table table;
static struct scan *running;

static bool is_overlay(void) { return upper_folder >= 0; }

static void fail(struct scan *scan, int number, const char *step) { stream_fail(&scan->stream, number, step); }

/* Sends what is due, one frame a call, so that the credit is asked before each. */
static void tell_one(struct scan *scan, enum entry_kind kind, const struct stat *seen, const char *path) {
    if (scan->entries == scan->most_entries) {
        fail(scan, E2BIG, "entries");
        return;
    }
    scan->entries++;
    say_entry(&scan->stream, kind, seen, path);
}

static void tell_entry(struct scan *scan) {
    struct due *due = &scan->due;
    for (unsigned i = 1; is_overlay() && i <= due->depth; i++) {
        struct inside *inside = &scan->inside[i];
        if (!inside->told) {
            /* The parents of a change are changed, too: the host looks there for what has disappeared. */
            char after = due->path[inside->length];
            inside->told = true;
            due->path[inside->length] = 0;
            tell_one(scan, FOLDER, &inside->seen, due->path);
            due->path[inside->length] = after;
            return;
        }
    }
    due->entry = false;
    if (due->left > scan->most_total - scan->total) {
        fail(scan, E2BIG, "bytes");
        return;
    }
    scan->total += due->left;
    tell_one(scan, due->kind, &due->seen, due->path);
}

/* Goes into the current name where it is a folder. What it is in the view decides what is told, what it is in the walk
 * decides whether there are candidates in it. */
static void enter(struct scan *scan, const struct inside *here, size_t record) {
    struct walk *walk = &scan->walk;
    const char *name = walk_name(walk);
    struct inside next = {.lifted = NOT_LIFTED, .record = record, .length = strlen(walk->path), .seen = scan->due.seen};
    if (walk->depth >= scan->most_depth) {
        scan->due.kind = NOT_ENTERED;
        return;
    }
    next.view = folder_unlock(here->view, name, &next.lifted);
    int fd = next.view < 0 ? -1
             : is_overlay() ? openat(walk_folder(walk), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                            : fcntl(next.view, F_DUPFD_CLOEXEC, 0);
    int number = fd < 0 ? errno : walk_enter(walk, fd);
    if (number == 0) {
        scan->inside[walk->depth - 1] = next;
        return;
    }
    if (next.lifted != NOT_LIFTED) {
        mode_change(next.view, (mode_t)next.lifted);
    }
    if (next.view >= 0) {
        close(next.view);
    }
    if (number == EMFILE || number == ENFILE || number == ENOMEM) {
        fail(scan, number, "folder");
    } else if (number != ENOTDIR || !is_overlay()) {
        scan->due.kind = NOT_ENTERED;
    }
}

static void leave(struct scan *scan) {
    struct walk *walk = &scan->walk;
    struct inside *inside = &scan->inside[walk->depth - 1];
    if (inside->lifted != NOT_LIFTED) {
        struct stat seen;
        mode_change(inside->view, (mode_t)inside->lifted);
        /* Both changes gave it a new change time, which is nothing that the agent did. */
        if (fstat(inside->view, &seen) == 0) {
            record_fill(&scan->table.records[inside->record], FOLDER, &seen);
        }
    }
    close(inside->view);
    walk_leave(walk);
}

/* Compares one path with the table. `folder` is in the view, -1 where it has none; `old` may be NULL. */
static struct record *compare(struct scan *scan, int folder, const char *path, const struct record *old) {
    struct due *due = &scan->due;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    struct record *record = table_add(&scan->table, path, strlen(path));
    if (record == NULL) {
        fail(scan, ENOMEM, "table");
        return NULL;
    }
    due_look(due, folder, name);
    record_fill(record, due->kind, &due->seen);
    bool differs = old == NULL || !record_same(record, old);
    record->touched = scan->extent != BASELINE && (differs || old->touched);
    due->entry = scan->extent == DELTA ? differs : scan->extent == FULL && (record->touched || is_overlay());
    due->depth = scan->walk.depth - 1;
    if (due->entry) {
        strcpy(due->path, path);
        due_prepare(due, folder, name, scan->most_file);
        record_fill(record, record->kind, &due->seen);
    }
    return record;
}

static void consider_name(struct scan *scan, const struct record *old) {
    struct walk *walk = &scan->walk;
    struct inside *here = &scan->inside[walk->depth - 1];
    const struct record *record = compare(scan, here->view, walk->path, old);
    if (record == NULL) {
        return;
    }
    if (record->kind == GONE && old == NULL && !is_overlay()) {
        /* It went while we came. */
        scan->table.count--;
        scan->due.entry = false;
    } else if (record->kind == FOLDER && !is_git(walk_name(walk))) {
        unsigned depth = walk->depth;
        bool told = scan->due.entry;
        enter(scan, here, scan->table.count - 1);
        if (walk->depth > depth) {
            scan->inside[depth].told = told;
        }
    }
}

static void carry_over(struct scan *scan, const struct record *old) {
    const char *path = table_path(&table, old);
    struct record *record = table_add(&scan->table, path, strlen(path));
    if (record == NULL) {
        fail(scan, ENOMEM, "table");
        return;
    }
    size_t at = record->path;
    *record = *old;
    record->path = at;
    record->touched = scan->extent != BASELINE && old->touched;
    if (old->kind == GONE && scan->extent == FULL && old->touched) {
        strcpy(scan->due.path, path);
        scan->due.kind = GONE;
        scan->due.depth = 0;
        scan->due.entry = true;
    }
}

/* A path of the last scan that the walk did not come by: gone, or out of the walk's reach. */
static void consider_missing(struct scan *scan, const struct record *old) {
    if (old->kind == GONE) {
        carry_over(scan, old);
        return;
    }
    const char *path = table_path(&table, old);
    const char *last;
    struct stat seen;
    int folder = open_parent(root_folder, path, &last);
    bool found = folder >= 0 && fstatat(folder, last, &seen, AT_SYMLINK_NOFOLLOW) == 0;
    if (found || errno == ENOENT || errno == ENOTDIR || errno == ELOOP) {
        compare(scan, folder, path, old);
        scan->due.depth = 0;
    } else {
        /* Behind a door that stays closed, which has been told: as it was. */
        carry_over(scan, old);
    }
    if (folder >= 0) {
        close(folder);
    }
}

static void finish(struct scan *scan) {
    stream_done(&scan->stream, scan->entries, scan->total);
    struct table last = table;
    table = scan->table;
    scan->table = last;
}

static void go_on(struct scan *scan) {
    struct walk *walk = &scan->walk;
    if (!scan->name_waits && !scan->walked) {
        switch (walk_next(walk)) {
        case WALK_NAME:
            scan->name_waits = true;
            break;
        case WALK_LEAVE:
            leave(scan);
            return;
        case WALK_END:
            scan->walked = true;
            break;
        }
    }
    const struct record *old = scan->old < table.count ? &table.records[scan->old] : NULL;
    int order = old == NULL ? 1 : scan->walked ? -1 : table_order(table_path(&table, old), walk->path);
    if (order <= 0) {
        scan->old++;
    }
    if (order < 0) {
        consider_missing(scan, old);
    } else if (scan->walked) {
        finish(scan);
    } else {
        scan->name_waits = false;
        consider_name(scan, order == 0 ? old : NULL);
    }
}

static void scan_step(struct stream *stream) {
    struct scan *scan = (struct scan *)stream;
    for (int i = 0; i < STEP_ENTRIES && stream_may_send(stream); i++) {
        if (scan->due.entry) {
            tell_entry(scan);
        } else if (scan->due.content) {
            scan->total -= due_content(&scan->due, stream);
        } else {
            go_on(scan);
        }
    }
}

static void scan_release(struct stream *stream) {
    struct scan *scan = (struct scan *)stream;
    if (running == scan) {
        running = NULL;
    }
    while (scan->walk.depth > 1) {
        leave(scan);
    }
    due_free(&scan->due);
    walk_free(&scan->walk);
    table_free(&scan->table);
    free(scan->inside);
}

static const struct stream_kind scan_kind = {
    .frame = stream_takes_nothing,
    .busy = stream_wants_to_send,
    .step = scan_step,
    .release = scan_release,
};

static void start(struct scan *scan) {
    int from = is_overlay() ? upper_folder : root_folder;
    int fd = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scan->inside = calloc(WALK_DEPTH_MAX, sizeof *scan->inside);
    scan->due.path = malloc(PATH_BYTES_MAX + 1);
    int number = fd < 0 ? errno : scan->inside == NULL || scan->due.path == NULL ? ENOMEM : 0;
    if (number != 0 && fd >= 0) {
        close(fd);
    }
    number = number != 0 ? number : walk_start(&scan->walk, fd, "");
    if (number != 0) {
        fail(scan, number, "open");
        return;
    }
    scan->inside[0] = (struct inside){.view = root_folder, .lifted = NOT_LIFTED, .told = true};
}

bool scan_open(const struct frame *frame) {
    struct scan *scan = stream_open(frame->stream, &scan_kind, sizeof *scan);
    if (scan == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    scan->due.fd = -1;
    scan->extent = take_u8(&cursor);
    scan->most_file = take_u64(&cursor);
    scan->most_total = take_u64(&cursor);
    scan->most_entries = take_u32(&cursor);
    scan->most_depth = take_u32(&cursor);
    if (!cursor_done(&cursor) || scan->extent > FULL) {
        return false;
    }
    /* One that has been abandoned or answered is only swept at the end of this turn. */
    if (running != NULL && !running->stream.ended) {
        fail(scan, EBUSY, "scan");
        return true;
    }
    running = scan;
    start(scan);
    return true;
}
