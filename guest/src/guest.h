/* What the parts of the guest share: the streams, their credit, and the end of everything. */
#ifndef GUEST_H
#define GUEST_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "frame.h"

enum {
    PROTOCOL_VERSION = 1,
    WINDOW = 262144,          /* credit of each direction of a new stream */
    GIVE_BACK = 65536,        /* consumed bytes are given back in portions of this size */
    STREAMS_MAX = 1024,       /* open at once; the next request fails with EAGAIN */
    STREAM_POLLS_MAX = 4,     /* descriptors that one stream waits for */
    OUTPUT_FULL = 262144,     /* above this no stream adds content */
    OUTPUT_STOP = 1048576,    /* above this no more requests are read until the host has taken some */
    EXIT_FAULT = 70
};

struct stream;

/* What a kind of stream does. Every function but `frame` may be NULL. */
struct stream_kind {
    /* A frame of the host for this stream; anything but true is fatal for the connection. */
    bool (*frame)(struct stream *stream, const struct frame *frame);
    /* Fills in what to wait for; returns how many. */
    int (*polls)(struct stream *stream, struct pollfd *polls);
    /* True when there is work that waits for nothing but credit and room. */
    bool (*busy)(struct stream *stream);
    /* Does a bounded piece of work. */
    void (*step)(struct stream *stream);
    /* The host abandons the stream; by default the stream ends with CLOSED at once. */
    void (*abandon)(struct stream *stream);
    /* Frees what the kind holds, not the stream itself. */
    void (*release)(struct stream *stream);
};

/* The head of every kind's own struct. */
struct stream {
    const struct stream_kind *kind;
    struct stream *next;
    uint32_t id;
    bool ended;
    int polled;          /* descriptors in this turn of the loop */
    int64_t credit;      /* what we may send */
    int64_t window;      /* what the host may send */
    uint32_t consumed;   /* not given back yet */
};

/* Makes a stream of `size` bytes and adds it, or says FAILED and returns NULL. */
void *stream_open(uint32_t id, const struct stream_kind *kind, size_t size);
struct stream *stream_find(uint32_t id);
struct stream *streams_first(void);
void streams_sweep(void);
void streams_release_all(void);

/* True when the stream may send content now. */
bool stream_may_send(const struct stream *stream);
/* The same, for `busy` of a kind that sends and waits for nothing else. */
bool stream_wants_to_send(struct stream *stream);
/* Counts content of the host against the window; false when it sent more than it may. */
bool stream_received(struct stream *stream, size_t size);
/* Gives consumed bytes back to the host. */
void stream_consumed(struct stream *stream, size_t size);

/* The closing frames. */
void stream_fail(struct stream *stream, int number, const char *step);
void stream_done(struct stream *stream, uint64_t count, uint64_t total);
void stream_closed(struct stream *stream);
void say_failed(uint32_t id, int number, const char *step);

/* One line on stderr; kills everything; ends. */
_Noreturn void end_with_fault(const char *step, const char *reason);

/* The root of the workspace, and the upper layer or -1. */
extern int root_folder;
extern int upper_folder;

/* For `frame` of a kind that takes no frames. */
bool stream_takes_nothing(struct stream *stream, const struct frame *frame);

/* Requests that open streams, by file. Each returns false when the frame is malformed. */
bool exec_open(const struct frame *frame);
bool read_open(const struct frame *frame);
bool write_open(const struct frame *frame);
bool list_open(const struct frame *frame);
bool stat_open(const struct frame *frame);
bool mask_open(const struct frame *frame);
bool scan_open(const struct frame *frame);
bool listen_open(const struct frame *frame);
bool accept_open(const struct frame *frame);
bool connect_open(const struct frame *frame);
bool freeze_open(const struct frame *frame);
bool thaw_open(const struct frame *frame);

#endif
