/* Bytes in and out: a growable queue, the cursor that reads a payload, and the writer of frames (PROTOCOL.md, 1). */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER = 9, FRAME_PAYLOAD_MAX = 65536, PATH_BYTES_MAX = 32768 };

enum request {
    HELLO = 0x01, EXEC, STDIN, STDIN_EOF, SIGNAL, RESIZE, CREDIT, READ, WRITE, LIST, STAT, MASK, FREEZE, THAW, SCAN,
    LISTEN, ACCEPT, CONNECT, DATA, DATA_END, CLOSE, BYE
};

enum answer {
    SAY_HELLO = 0x41, SAY_STARTED, SAY_STDOUT, SAY_STDERR, SAY_EXITED, SAY_FAILED, SAY_CREDIT, SAY_ENTRY, SAY_DATA,
    SAY_DATA_END, SAY_DONE, SAY_CONNECTED, SAY_LISTENING, SAY_CLOSED, SAY_BYE, SAY_INFO
};

/* A queue of bytes: appended at the end, taken from the front. */
struct queue {
    uint8_t *bytes;
    size_t start, length, capacity;
};

/* Room for `size` more bytes at the end, or NULL without memory; the caller adds what it used to `length`. */
uint8_t *queue_reserve(struct queue *queue, size_t size);
bool queue_append(struct queue *queue, const void *bytes, size_t size);
void queue_drop(struct queue *queue, size_t size);
void queue_free(struct queue *queue);

struct frame {
    uint8_t type;
    uint32_t stream;
    const uint8_t *payload;
    size_t size;
};

enum frame_state { FRAME_WHOLE, FRAME_PART, FRAME_BAD };

/* Looks at the first frame in `bytes`; a whole one takes FRAME_HEADER + frame->size bytes. */
enum frame_state frame_parse(const uint8_t *bytes, size_t size, struct frame *frame);

/* Reads the fields of a payload; the first one that does not fit makes the cursor bad for good. */
struct cursor {
    const uint8_t *at;
    size_t left;
    bool bad;
};

uint8_t take_u8(struct cursor *cursor);
uint16_t take_u16(struct cursor *cursor);
uint32_t take_u32(struct cursor *cursor);
uint64_t take_u64(struct cursor *cursor);
const uint8_t *take_bytes(struct cursor *cursor, uint32_t *size);

/* A copy with a NUL behind it, NULL when the cursor is or becomes bad (a NUL inside, too long) or without memory. */
char *take_text(struct cursor *cursor, uint32_t most);

/* A list of such copies, ended by NULL. */
char **take_texts(struct cursor *cursor, uint32_t most, size_t *count);
void texts_free(char **texts);

/* True when everything has been read and nothing was wrong. */
bool cursor_done(const struct cursor *cursor);

/* Writes frames to the queue that goes to the host. Without memory the guest ends. */
extern struct queue output;

void say_begin(uint8_t type, uint32_t stream);
void say_u8(uint8_t value);
void say_u16(uint16_t value);
void say_u32(uint32_t value);
void say_u64(uint64_t value);
void say_bytes(const void *bytes, uint32_t size);
/* Returns the payload's size. */
size_t say_end(void);

void say_empty(uint8_t type, uint32_t stream);
/* Where up to `size` bytes of payload may be put directly; say_data_end takes how many it became. */
uint8_t *say_data_begin(size_t size);
void say_data_end(uint8_t type, uint32_t stream, size_t size);

#endif
