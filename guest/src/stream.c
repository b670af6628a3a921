#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

static struct stream *streams;
static size_t count;

void *stream_open(uint32_t id, const struct stream_kind *kind, size_t size) {
    struct stream *stream = count < STREAMS_MAX ? calloc(1, size) : NULL;
    if (stream == NULL) {
        say_failed(id, count < STREAMS_MAX ? ENOMEM : EAGAIN, "stream");
        return NULL;
    }
    *stream = (struct stream){.kind = kind, .id = id, .credit = WINDOW, .window = WINDOW, .next = streams};
    streams = stream;
    count++;
    return stream;
}

struct stream *stream_find(uint32_t id) {
    struct stream *stream = streams;
    while (stream != NULL && (stream->id != id || stream->ended)) {
        stream = stream->next;
    }
    return stream;
}

struct stream *streams_first(void) { return streams; }

static void stream_release(struct stream *stream) {
    if (stream->kind->release != NULL) {
        stream->kind->release(stream);
    }
    free(stream);
    count--;
}

void streams_sweep(void) {
    struct stream **link = &streams;
    struct stream *first = streams;
    while (*link != NULL) {
        struct stream *stream = *link;
        if (stream->ended) {
            *link = stream->next;
            stream_release(stream);
        } else {
            link = &stream->next;
        }
    }
    /* The first goes to the end, so that each has its turn to find room in the output. */
    if (streams != NULL && streams == first && streams->next != NULL) {
        streams = first->next;
        *link = first;
        first->next = NULL;
    }
}

void streams_release_all(void) {
    for (struct stream *stream = streams; stream != NULL; stream = stream->next) {
        stream->ended = true;
    }
    streams_sweep();
}

bool stream_may_send(const struct stream *stream) {
    return !stream->ended && stream->credit > 0 && output.length < OUTPUT_FULL;
}

bool stream_wants_to_send(struct stream *stream) { return stream_may_send(stream); }

bool stream_takes_nothing(struct stream *stream, const struct frame *frame) {
    (void)stream;
    (void)frame;
    return false;
}

bool stream_received(struct stream *stream, size_t size) {
    if (stream->window <= 0 && size > 0) {
        return false;
    }
    stream->window -= (int64_t)size;
    return true;
}

void stream_consumed(struct stream *stream, size_t size) {
    stream->consumed += (uint32_t)size;
    if (stream->consumed >= GIVE_BACK && !stream->ended) {
        say_begin(SAY_CREDIT, stream->id);
        say_u32(stream->consumed);
        say_end();
        stream->window += stream->consumed;
        stream->consumed = 0;
    }
}

void say_failed(uint32_t id, int number, const char *step) {
    say_begin(SAY_FAILED, id);
    say_u32((uint32_t)number);
    say_bytes(step, (uint32_t)strlen(step));
    say_end();
}

void stream_fail(struct stream *stream, int number, const char *step) {
    say_failed(stream->id, number, step);
    stream->ended = true;
}

void stream_done(struct stream *stream, uint64_t entries, uint64_t total) {
    say_begin(SAY_DONE, stream->id);
    say_u64(entries);
    say_u64(total);
    say_end();
    stream->ended = true;
}

void stream_closed(struct stream *stream) {
    say_empty(SAY_CLOSED, stream->id);
    stream->ended = true;
}
