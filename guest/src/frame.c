#include "frame.h"

#include <stdlib.h>
#include <string.h>

#include "guest.h"

struct queue output;

static size_t open_frame;

uint8_t *queue_reserve(struct queue *queue, size_t size) {
    if (queue->length == 0) {
        queue->start = 0;
    }
    if (queue->capacity - queue->start - queue->length >= size) {
        return queue->bytes + queue->start + queue->length;
    }
    if (queue->start > 0) {
        memmove(queue->bytes, queue->bytes + queue->start, queue->length);
        queue->start = 0;
    }
    if (queue->capacity - queue->length < size) {
        size_t capacity = queue->capacity < 4096 ? 4096 : queue->capacity;
        while (capacity - queue->length < size) {
            capacity *= 2;
        }
        uint8_t *bytes = realloc(queue->bytes, capacity);
        if (bytes == NULL) {
            return NULL;
        }
        queue->bytes = bytes;
        queue->capacity = capacity;
    }
    return queue->bytes + queue->length;
}

bool queue_append(struct queue *queue, const void *bytes, size_t size) {
    uint8_t *room = size == 0 ? NULL : queue_reserve(queue, size);
    if (room != NULL) {
        memcpy(room, bytes, size);
        queue->length += size;
    }
    return size == 0 || room != NULL;
}

void queue_drop(struct queue *queue, size_t size) {
    queue->start += size;
    queue->length -= size;
}

void queue_free(struct queue *queue) {
    free(queue->bytes);
    *queue = (struct queue){0};
}

static uint64_t big_endian(const uint8_t *at, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

enum frame_state frame_parse(const uint8_t *bytes, size_t size, struct frame *frame) {
    if (size < 4) {
        return FRAME_PART;
    }
    uint32_t length = (uint32_t)big_endian(bytes, 4);
    if (length < 5 || length > 5 + FRAME_PAYLOAD_MAX) {
        return FRAME_BAD;
    }
    if (size - 4 < length) {
        return FRAME_PART;
    }
    frame->type = bytes[4];
    frame->stream = (uint32_t)big_endian(bytes + 5, 4);
    frame->payload = bytes + FRAME_HEADER;
    frame->size = length - 5;
    return FRAME_WHOLE;
}

static uint64_t take(struct cursor *cursor, size_t size) {
    if (cursor->bad || cursor->left < size) {
        cursor->bad = true;
        return 0;
    }
    uint64_t value = big_endian(cursor->at, size);
    cursor->at += size;
    cursor->left -= size;
    return value;
}

uint8_t take_u8(struct cursor *cursor) { return (uint8_t)take(cursor, 1); }
uint16_t take_u16(struct cursor *cursor) { return (uint16_t)take(cursor, 2); }
uint32_t take_u32(struct cursor *cursor) { return (uint32_t)take(cursor, 4); }
uint64_t take_u64(struct cursor *cursor) { return take(cursor, 8); }

const uint8_t *take_bytes(struct cursor *cursor, uint32_t *size) {
    *size = take_u32(cursor);
    if (cursor->bad || cursor->left < *size) {
        cursor->bad = true;
        *size = 0;
        return NULL;
    }
    const uint8_t *bytes = cursor->at;
    cursor->at += *size;
    cursor->left -= *size;
    return bytes;
}

char *take_text(struct cursor *cursor, uint32_t most) {
    uint32_t size;
    const uint8_t *bytes = take_bytes(cursor, &size);
    if (cursor->bad || size > most || memchr(bytes, 0, size) != NULL) {
        cursor->bad = true;
        return NULL;
    }
    char *text = malloc((size_t)size + 1);
    if (text != NULL) {
        memcpy(text, bytes, size);
        text[size] = 0;
    }
    return text;
}

char **take_texts(struct cursor *cursor, uint32_t most, size_t *count) {
    uint32_t announced = take_u32(cursor);
    *count = 0;
    /* Every item takes four bytes at least, so the count is checked before memory is asked for. */
    if (cursor->bad || announced > cursor->left / 4) {
        cursor->bad = true;
        return NULL;
    }
    char **texts = calloc((size_t)announced + 1, sizeof *texts);
    for (; texts != NULL && *count < announced; ++*count) {
        texts[*count] = take_text(cursor, most);
        if (texts[*count] == NULL) {
            texts_free(texts);
            return NULL;
        }
    }
    return texts;
}

void texts_free(char **texts) {
    for (char **text = texts; text != NULL && *text != NULL; text++) {
        free(*text);
    }
    free(texts);
}

bool cursor_done(const struct cursor *cursor) { return !cursor->bad && cursor->left == 0; }

static uint8_t *room(size_t size) {
    uint8_t *at = queue_reserve(&output, size);
    if (at == NULL) {
        end_with_fault("output", "no memory");
    }
    return at;
}

static void put(uint8_t *at, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++) {
        at[i] = (uint8_t)(value >> 8 * (size - 1 - i));
    }
}

static void say(uint64_t value, size_t size) {
    put(room(size), value, size);
    output.length += size;
}

void say_begin(uint8_t type, uint32_t stream) {
    open_frame = output.length;
    say(0, 4);
    say(type, 1);
    say(stream, 4);
}

void say_u8(uint8_t value) { say(value, 1); }
void say_u16(uint16_t value) { say(value, 2); }
void say_u32(uint32_t value) { say(value, 4); }
void say_u64(uint64_t value) { say(value, 8); }

void say_bytes(const void *bytes, uint32_t size) {
    say_u32(size);
    if (!queue_append(&output, bytes, size)) {
        end_with_fault("output", "no memory");
    }
}

size_t say_end(void) {
    size_t length = output.length - open_frame - 4;
    put(output.bytes + output.start + open_frame, length, 4);
    return length - 5;
}

void say_empty(uint8_t type, uint32_t stream) {
    say_begin(type, stream);
    say_end();
}

uint8_t *say_data_begin(size_t size) { return room(FRAME_HEADER + size) + FRAME_HEADER; }

void say_data_end(uint8_t type, uint32_t stream, size_t size) {
    uint8_t *header = output.bytes + output.start + output.length;
    put(header, size + 5, 4);
    put(header + 4, type, 1);
    put(header + 5, stream, 4);
    output.length += FRAME_HEADER + size;
}
