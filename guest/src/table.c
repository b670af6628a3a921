#include "table.h"

#include <stdlib.h>

enum { NAMES_MAX = 1 << 30 };

/* The end of a path comes first, then a slash, then every other byte. */
static int rank(char byte) { return byte == 0 ? 0 : byte == '/' ? 1 : (unsigned char)byte + 2; }

int table_order(const char *path, const char *other) {
    while (*path != 0 && *path == *other) {
        path++;
        other++;
    }
    return rank(*path) - rank(*other);
}

struct record *table_add(struct table *table, const char *path, size_t length) {
    if (table->count == table->room) {
        size_t room = table->room == 0 ? 256 : table->room * 2;
        struct record *larger = realloc(table->records, room * sizeof *larger);
        if (larger == NULL) {
            return NULL;
        }
        table->records = larger;
        table->room = room;
    }
    size_t at = table->names.length;
    if (at + length >= NAMES_MAX || !queue_append(&table->names, path, length) || !queue_append(&table->names, "", 1)) {
        return NULL;
    }
    struct record *record = &table->records[table->count++];
    *record = (struct record){.path = at};
    return record;
}

const char *table_path(const struct table *table, const struct record *record) {
    return (const char *)table->names.bytes + record->path;
}

void record_fill(struct record *record, enum entry_kind kind, const struct stat *seen) {
    record->kind = (uint8_t)kind;
    record->mode = seen->st_mode;
    record->size = seen->st_size;
    record->inode = seen->st_ino;
    record->seconds = seen->st_ctim.tv_sec;
    record->nanos = seen->st_ctim.tv_nsec;
}

bool record_same(const struct record *record, const struct record *other) {
    return record->kind == other->kind && record->mode == other->mode && record->size == other->size &&
           record->inode == other->inode && record->seconds == other->seconds && record->nanos == other->nanos;
}

void table_free(struct table *table) {
    free(table->records);
    queue_free(&table->names);
    *table = (struct table){0};
}
