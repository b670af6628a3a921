/* What a scan has seen, in the order in which a walk goes, so that the next walk meets it again side by side. */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "frame.h"
#include "walk.h"

struct record {
    size_t path;        /* where it begins in the table's names */
    uint8_t kind;
    bool touched;       /* has differed since the baseline */
    mode_t mode;
    int64_t size;
    uint64_t inode;
    int64_t seconds;    /* of the change time */
    int64_t nanos;
};

struct table {
    struct record *records;
    size_t count, room;
    struct queue names;
};

/* Negative, 0, positive: a folder comes before its content, and that before the folder's next sibling. */
int table_order(const char *path, const char *other);
/* Adds what comes behind all others; NULL without memory. */
struct record *table_add(struct table *table, const char *path, size_t length);
const char *table_path(const struct table *table, const struct record *record);
/* `seen` is all zero for what is gone. */
void record_fill(struct record *record, enum entry_kind kind, const struct stat *seen);
bool record_same(const struct record *record, const struct record *other);
void table_free(struct table *table);

#endif
