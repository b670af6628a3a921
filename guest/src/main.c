/* The guest of PROTOCOL.md: start-up and the one loop. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"
#include "exec.h"
#include "guest.h"
#include "masked.h"
#include "process.h"
#include "wall.h"

#if defined(__x86_64__)
#define ARCHITECTURE "x86_64"
#elif defined(__aarch64__)
#define ARCHITECTURE "aarch64"
#endif

enum { READ_SIZE = 131072, POLLS_FIXED = 3 };

int root_folder = -1;
int upper_folder = -1;

static int host_in, host_out, children;
static bool greeted, leaving;
static struct queue input;

static void end_everything(void) {
    if (getpid() == 1) {
        kill(-1, SIGKILL);
    }
    processes_end_all();
}

_Noreturn void end_with_fault(const char *step, const char *reason) {
    fprintf(stderr, "guest: %s: %s\n", step, reason);
    end_everything();
    _exit(EXIT_FAULT);
}

static bool hello(const struct frame *frame) {
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    uint16_t version = take_u16(&cursor);
    if (frame->type != HELLO || frame->stream != 0 || cursor.bad) {
        return false;
    }
    if (version != PROTOCOL_VERSION) {
        say_failed(0, EPROTO, "version");
        leaving = true;
        return true;
    }
    greeted = true;
    say_begin(SAY_HELLO, 0);
    say_u16(PROTOCOL_VERSION);
    say_u8(upper_folder >= 0);
    say_u32(geteuid());
    say_u32(getegid());
    say_bytes(ARCHITECTURE, sizeof ARCHITECTURE - 1);
    say_end();
    return true;
}

static bool open_stream(const struct frame *frame) {
    switch (frame->type) {
    case EXEC: return exec_open(frame);
    case FREEZE: return freeze_open(frame);
    case THAW: return thaw_open(frame);
    case READ: return read_open(frame);
    case WRITE: return write_open(frame);
    case LIST: return list_open(frame);
    case STAT: return stat_open(frame);
    case MASK: return mask_open(frame);
    case SCAN: return scan_open(frame);
    case LISTEN: return listen_open(frame);
    case ACCEPT: return accept_open(frame);
    case CONNECT: return connect_open(frame);
    default: return false;
    }
}

static bool on_stream(struct stream *stream, const struct frame *frame) {
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    switch (frame->type) {
    case CREDIT:
        stream->credit += take_u32(&cursor);
        return cursor_done(&cursor);
    case CLOSE:
        if (stream->kind->abandon != NULL) {
            stream->kind->abandon(stream);
        } else {
            stream_closed(stream);
        }
        return frame->size == 0;
    default:
        return stream->kind->frame(stream, frame);
    }
}

static bool take_frame(const struct frame *frame) {
    if (!greeted) {
        return hello(frame);
    }
    if (frame->stream == 0) {
        leaving = frame->type == BYE && frame->size == 0;
        return leaving;
    }
    struct stream *stream = stream_find(frame->stream);
    switch (frame->type) {
    case STDIN: case STDIN_EOF: case SIGNAL: case RESIZE: case CREDIT: case DATA: case DATA_END: case CLOSE:
        return stream == NULL || on_stream(stream, frame);
    default:
        return stream == NULL && open_stream(frame);
    }
}

static void take_frames(void) {
    struct frame frame;
    while (!leaving && input.length > 0) {
        switch (frame_parse(input.bytes + input.start, input.length, &frame)) {
        case FRAME_PART:
            return;
        case FRAME_BAD:
            end_with_fault("frame", "malformed length");
        case FRAME_WHOLE:
            if (!take_frame(&frame)) {
                char reason[64];
                snprintf(reason, sizeof reason, "malformed, type 0x%02x on stream %u", frame.type, frame.stream);
                end_with_fault("frame", reason);
            }
            queue_drop(&input, FRAME_HEADER + frame.size);
        }
    }
}

/* False at the end of the stream. */
static bool read_host(void) {
    uint8_t *room = queue_reserve(&input, READ_SIZE);
    if (room == NULL) {
        end_with_fault("input", "no memory");
    }
    ssize_t size = read(host_in, room, READ_SIZE);
    if (size > 0) {
        input.length += (size_t)size;
        take_frames();
    }
    return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR));
}

static bool write_host(void) {
    while (output.length > 0) {
        ssize_t size = write(host_out, output.bytes + output.start, output.length);
        if (size < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        queue_drop(&output, (size_t)size);
    }
    return true;
}

/* What must not wait for a host that reads no more: a moment for the last frames, then the end. */
static void say_goodbye(void) {
    struct pollfd writable = {.fd = host_out, .events = POLLOUT};
    while (write_host() && output.length > 0 && poll(&writable, 1, 2000) > 0) {
    }
}

static void step_streams(const struct pollfd *polls) {
    for (struct stream *stream = streams_first(); stream != NULL; stream = stream->next) {
        bool ready = stream->kind->busy != NULL && stream->kind->busy(stream);
        for (int i = 0; i < stream->polled; i++) {
            ready = ready || polls[i].revents != 0;
        }
        polls += stream->polled;
        stream->polled = 0;
        if (ready && !stream->ended) {
            stream->kind->step(stream);
        }
    }
}

/* Of two times to wait; negative is for ever. */
static long least(long one, long other) { return one < 0 || (other >= 0 && other < one) ? other : one; }

static void turn(struct pollfd *polls) {
    polls[0] = (struct pollfd){.fd = output.length > OUTPUT_STOP ? -1 : host_in, .events = POLLIN};
    polls[1] = (struct pollfd){.fd = output.length > 0 ? host_out : -1, .events = POLLOUT};
    polls[2] = (struct pollfd){.fd = children, .events = POLLIN};
    nfds_t count = POLLS_FIXED;
    bool busy = false;
    for (struct stream *stream = streams_first(); stream != NULL; stream = stream->next) {
        stream->polled = stream->kind->polls == NULL ? 0 : stream->kind->polls(stream, polls + count);
        count += (nfds_t)stream->polled;
        busy = busy || (stream->kind->busy != NULL && stream->kind->busy(stream));
    }
    long nanos = least(reap_timeout(), disk_timeout());
    struct timespec wait = {.tv_nsec = busy ? 0 : nanos};
    if (ppoll(polls, count, busy || nanos >= 0 ? &wait : NULL, NULL) < 0 && errno != EINTR) {
        end_with_fault("poll", strerror(errno));
    }
    if (polls[2].revents != 0) {
        struct signalfd_siginfo ignored;
        while (read(children, &ignored, sizeof ignored) > 0) {
        }
        reap_children();
    }
    reap_tick();
    disk_tick();
    step_streams(polls + POLLS_FIXED);
    if (polls[0].revents != 0 && !read_host()) {
        end_everything();
        _exit(0);
    }
    streams_sweep();
    if (!write_host()) {
        end_everything();
        _exit(0);
    }
}

static _Noreturn void serve(void) {
    struct pollfd *polls = calloc(POLLS_FIXED + STREAMS_MAX * STREAM_POLLS_MAX, sizeof *polls);
    if (polls == NULL) {
        end_with_fault("start", "no memory");
    }
    while (!leaving) {
        turn(polls);
    }
    end_everything();
    if (greeted) {
        say_empty(SAY_BYE, 0);
    }
    say_goodbye();
    _exit(0);
}

static int move_stream(int fd, int null) {
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (moved < 0 || dup2(null, fd) < 0 || fcntl(moved, F_SETFL, fcntl(moved, F_GETFL) | O_NONBLOCK) < 0) {
        wall_fault("stream");
    }
    return moved;
}

/* Keeps the host's stream out of every child, and takes back whatever the starter did to signals. */
static void take_over_process(void) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) {
        wall_fault("/dev/null");
    }
    host_in = move_stream(0, null);
    host_out = move_stream(1, null);
    close(null);
    /* Past the C library, which keeps a few numbers for itself; all zero is the default action. */
    static const uint64_t action[4];
    for (int number = 1; number <= 64; number++) {
        syscall(SYS_rt_sigaction, number, action, NULL, sizeof *action);
    }
    /* Both are errors of a write to us, not the end. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_SETMASK, &child, NULL);
    children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (children < 0) {
        wall_fault("signalfd");
    }
    umask(022);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    getrlimit(RLIMIT_NOFILE, &commands_open_files);
    struct rlimit all = {.rlim_cur = commands_open_files.rlim_max, .rlim_max = commands_open_files.rlim_max};
    setrlimit(RLIMIT_NOFILE, &all);
    if (access("/proc/self/stat", R_OK) < 0) {
        wall_fault("/proc");
    }
}

int main(int count, char **arguments) {
    struct wall wall = {.root = "/workspace"};
    if (count == 2 && strcmp(arguments[1], "--version") == 0) {
        printf("safe-coder guest, %s, protocol %d\n", ARCHITECTURE, PROTOCOL_VERSION);
        return 0;
    }
    if (count == 3 && strcmp(arguments[1], "--list-masked") == 0) {
        return list_masked(arguments[2]);
    }
    wall_parse(&wall, count, arguments);
    take_over_process();
    wall_build(&wall);
    if (wall.disk > 0) {
        disk_watch(wall.disk);
    }
    /* Last, because a change of credentials may touch it: no process of the same user reads our memory. */
    if (prctl(PR_SET_DUMPABLE, 0) < 0) {
        wall_fault("dumpable");
    }
    serve();
}
