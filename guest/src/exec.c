#define _GNU_SOURCE
#include "exec.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "disk.h"
#include "ends.h"
#include "guest.h"
#include "process.h"
#include "supervisor.h"

enum { FLAG_PTY = 1, FLAG_STDIN = 2, FLAG_BACKGROUND = 4, TEXT_MAX = FRAME_PAYLOAD_MAX };

enum { END_OF_TRANSMISSION = 4 }; /* Ctrl-D: what a terminal has for the end of input */

struct exec {
    struct stream stream;
    struct command command;
    struct winsize size;
    uint8_t flags;
    pid_t supervisor; /* 0: held back, or gone */
    bool started;
    int early_signal; /* came before there was a process to take it */
    bool abandoned;
    bool filled_disk; /* ended for that, with others that ran */
    bool over;        /* nothing of the command lives: what the pipes hold is the rest */
    bool reported;
    struct report end;
    int reports;
    int out[2];       /* read ends of stdout and stderr, or the terminal and -1 */
    int in;           /* write end of stdin, the terminal, or -1 */
    bool in_ends;
    struct queue input;
};

struct rlimit commands_open_files;

static const struct stream_kind exec_kind;

static void shut(int *fd) {
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static struct exec *exec_of(pid_t supervisor) {
    for (struct stream *stream = streams_first(); stream != NULL; stream = stream->next) {
        struct exec *exec = (struct exec *)stream;
        if (stream->kind == &exec_kind && !stream->ended && exec->supervisor == supervisor) {
            return exec;
        }
    }
    return NULL;
}

bool exec_is_supervisor(pid_t pid) { return exec_of(pid) != NULL; }

static void send_signal(struct exec *exec, int number) {
    if (exec->started) {
        processes_signal(exec->supervisor, number);
    } else {
        exec->early_signal = exec->early_signal == SIGKILL ? SIGKILL : number;
    }
}

static void read_reports(struct exec *exec) {
    struct report report;
    while (read(exec->reports, &report, sizeof report) == sizeof report) {
        switch (report.kind) {
        case REPORT_STARTED:
            exec->started = true;
            say_begin(SAY_STARTED, exec->stream.id);
            say_u32((uint32_t)report.number);
            say_end();
            if (exec->early_signal != 0) {
                processes_signal(exec->supervisor, exec->early_signal);
            }
            break;
        case REPORT_FAILED:
            report.step[sizeof report.step - 1] = 0;
            stream_fail(&exec->stream, report.number, report.step);
            return;
        case REPORT_ENDED:
            exec->end = report;
            exec->reported = exec->over = true;
            break;
        }
    }
}

bool exec_supervisor_gone(pid_t pid) {
    struct exec *exec = exec_of(pid);
    if (exec == NULL) {
        return false;
    }
    read_reports(exec);
    exec->supervisor = 0;
    if (!exec->reported && !exec->stream.ended) {
        /* Something inside has killed it. What it watched comes to us, and the sweep ends that. */
        exec->end = (struct report){.by_signal = 1, .value = SIGKILL};
        reap_sweep();
    }
    return true;
}

static bool open_ends(struct exec *exec, int child[3]) {
    if (exec->command.terminal) {
        bool opened = open_terminal(&exec->out[0], child, &exec->size);
        exec->in = exec->out[0];
        return opened;
    }
    return open_pipe(&exec->out[0], &child[1], OURS_READS) && open_pipe(&exec->out[1], &child[2], OURS_READS) &&
           ((exec->flags & FLAG_STDIN) != 0 ? open_pipe(&exec->in, &child[0], OURS_WRITES) : open_nothing(&child[0]));
}

bool exec_any_runs(void) {
    for (struct stream *stream = streams_first(); stream != NULL; stream = stream->next) {
        if (stream->kind == &exec_kind && ((struct exec *)stream)->supervisor != 0) {
            return true;
        }
    }
    return false;
}

static void start(struct exec *exec) {
    if (!exec_any_runs()) {
        disk_mark();
    }
    int child[3] = {-1, -1, -1};
    int reports = -1;
    if (!open_ends(exec, child)) {
        stream_fail(&exec->stream, errno, exec->command.terminal ? "pty" : "pipe");
    } else if (!open_pipe(&exec->reports, &reports, OURS_READS)) {
        stream_fail(&exec->stream, errno, "pipe");
    } else {
        pid_t guest = getpid();
        pid_t pid = fork();
        if (pid == 0) {
            supervise(&exec->command, child, reports, guest);
        }
        if (pid < 0) {
            stream_fail(&exec->stream, errno, "fork");
        } else {
            exec->supervisor = pid;
        }
    }
    for (int i = 0; i < 3; i++) {
        shut(&child[i]);
    }
    shut(&reports);
}

void exec_start_held(void) {
    for (struct stream *stream = streams_first(); stream != NULL; stream = stream->next) {
        struct exec *exec = (struct exec *)stream;
        if (stream->kind == &exec_kind && !stream->ended && exec->supervisor == 0 && exec->reports < 0) {
            start(exec);
        }
    }
}

bool exec_open(const struct frame *frame) {
    struct exec *exec = stream_open(frame->stream, &exec_kind, sizeof *exec);
    if (exec == NULL) {
        return true;
    }
    exec->reports = exec->in = exec->out[0] = exec->out[1] = -1;
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    struct command *command = &exec->command;
    size_t count;
    exec->flags = take_u8(&cursor);
    command->terminal = exec->flags & FLAG_PTY;
    command->user = take_u32(&cursor);
    command->group = take_u32(&cursor);
    command->folder = take_text(&cursor, TEXT_MAX);
    command->arguments = take_texts(&cursor, TEXT_MAX, &count);
    if (count == 0) {
        cursor.bad = true;
    }
    command->environment = take_texts(&cursor, TEXT_MAX, &count);
    exec->size.ws_row = take_u16(&cursor);
    exec->size.ws_col = take_u16(&cursor);
    if (!command_take_limits(command, &cursor) || !cursor_done(&cursor)) {
        return false;
    }
    if (command->folder == NULL || command->arguments == NULL || command->environment == NULL) {
        stream_fail(&exec->stream, ENOMEM, "exec");
    } else if (!reap_is_frozen()) {
        start(exec);
    }
    return true;
}

static bool exec_frame(struct stream *stream, const struct frame *frame) {
    struct exec *exec = (struct exec *)stream;
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    switch (frame->type) {
    case STDIN:
        if (!stream_received(stream, frame->size)) {
            return false;
        }
        if (exec->in_ends || (exec->in < 0 && exec->reports >= 0)) {
            /* Nobody will read it. */
            stream_consumed(stream, frame->size);
        } else if (!queue_append(&exec->input, frame->payload, frame->size)) {
            stream_fail(stream, ENOMEM, "stdin");
            send_signal(exec, SIGKILL);
        }
        return true;
    case STDIN_EOF:
        exec->in_ends = true;
        return frame->size == 0;
    case SIGNAL: {
        int number = take_u8(&cursor);
        if (!cursor_done(&cursor) || number < 1 || number > 64) {
            return false;
        }
        send_signal(exec, number);
        return true;
    }
    case RESIZE:
        exec->size = (struct winsize){.ws_row = take_u16(&cursor), .ws_col = take_u16(&cursor)};
        if (exec->command.terminal && exec->out[0] >= 0) {
            ioctl(exec->out[0], TIOCSWINSZ, &exec->size);
        }
        return cursor_done(&cursor);
    default:
        return false;
    }
}

static void feed(struct exec *exec) {
    while (exec->in >= 0 && exec->input.length > 0) {
        ssize_t size = write(exec->in, exec->input.bytes + exec->input.start, exec->input.length);
        if (size < 0) {
            if (errno == EAGAIN || errno == EINTR) {
                return;
            }
            /* Nobody will read it. */
            size = (ssize_t)exec->input.length;
            if (!exec->command.terminal) {
                shut(&exec->in);
            }
        }
        queue_drop(&exec->input, (size_t)size);
        stream_consumed(&exec->stream, (size_t)size);
    }
    if (exec->in >= 0 && exec->in_ends && exec->input.length == 0) {
        if (!exec->command.terminal) {
            shut(&exec->in);
        } else {
            const uint8_t end = END_OF_TRANSMISSION;
            if (write(exec->in, &end, 1) < 0 && errno == EAGAIN) {
                return;
            }
            exec->in = -1;
        }
    }
}

/* STARTED comes first, be the command faster than its supervisor. */
static bool may_drain(const struct exec *exec) {
    return (exec->started || exec->over) && stream_may_send(&exec->stream);
}

/* Takes one portion of output; closes the descriptor when there will be no more. */
static void drain(struct exec *exec, int which) {
    int *fd = &exec->out[which];
    if (*fd < 0 || !may_drain(exec)) {
        return;
    }
    uint8_t *room = say_data_begin(FRAME_PAYLOAD_MAX);
    ssize_t size = read(*fd, room, FRAME_PAYLOAD_MAX);
    if (size > 0) {
        say_data_end(which == 0 ? SAY_STDOUT : SAY_STDERR, exec->stream.id, (size_t)size);
        exec->stream.credit -= size;
    } else if (size == 0 || (errno != EAGAIN && errno != EINTR) || (errno == EAGAIN && exec->over)) {
        if (exec->in == *fd) {
            exec->in = -1;
        }
        shut(fd);
    }
}

static void finish(struct exec *exec) {
    if (exec->abandoned) {
        stream_closed(&exec->stream);
        return;
    }
    if (exec->filled_disk && exec->end.by_signal) {
        exec->end.value = SIGXFSZ;
    }
    say_begin(SAY_EXITED, exec->stream.id);
    say_u8(exec->end.by_signal);
    say_u8(exec->end.value);
    say_u32((uint32_t)exec->end.number);
    say_end();
    exec->stream.ended = true;
}

void exec_end_for_disk(void) {
    for (struct stream *stream = streams_first(); stream != NULL; stream = stream->next) {
        struct exec *exec = (struct exec *)stream;
        if (stream->kind == &exec_kind && exec->supervisor != 0) {
            exec->filled_disk = true;
            send_signal(exec, SIGKILL);
        }
    }
}

static bool lost_and_swept(const struct exec *exec) {
    return exec->reports >= 0 && exec->supervisor == 0 && !reap_is_sweeping();
}

static void exec_step(struct stream *stream) {
    struct exec *exec = (struct exec *)stream;
    if (exec->reports < 0) {
        return;
    }
    read_reports(exec);
    if (stream->ended) {
        return;
    }
    exec->over = exec->over || lost_and_swept(exec);
    feed(exec);
    drain(exec, 0);
    drain(exec, 1);
    if (exec->over && exec->out[0] < 0 && exec->out[1] < 0) {
        finish(exec);
    }
}

static bool exec_busy(struct stream *stream) {
    struct exec *exec = (struct exec *)stream;
    bool full = exec->out[0] >= 0 || exec->out[1] >= 0;
    return (exec->over || lost_and_swept(exec)) && (!full || stream_may_send(stream));
}

static int exec_polls(struct stream *stream, struct pollfd *polls) {
    struct exec *exec = (struct exec *)stream;
    int count = 0;
    if (exec->reports >= 0 && !exec->over && exec->supervisor != 0) {
        polls[count++] = (struct pollfd){.fd = exec->reports, .events = POLLIN};
    }
    if (exec->in >= 0 && (exec->input.length > 0 || exec->in_ends)) {
        polls[count++] = (struct pollfd){.fd = exec->in, .events = POLLOUT};
    }
    for (int i = 0; i < 2; i++) {
        if (exec->out[i] >= 0 && may_drain(exec)) {
            polls[count++] = (struct pollfd){.fd = exec->out[i], .events = POLLIN};
        }
    }
    return count;
}

static void exec_abandon(struct stream *stream) {
    struct exec *exec = (struct exec *)stream;
    if (exec->reports < 0) {
        stream_closed(stream);
        return;
    }
    exec->abandoned = true;
    if (exec->in == exec->out[0]) {
        exec->in = -1;
    }
    shut(&exec->out[0]);
    shut(&exec->out[1]);
    send_signal(exec, SIGKILL);
}

static void exec_release(struct stream *stream) {
    struct exec *exec = (struct exec *)stream;
    if (exec->in == exec->out[0]) {
        exec->in = -1;
    }
    shut(&exec->in);
    shut(&exec->out[0]);
    shut(&exec->out[1]);
    shut(&exec->reports);
    queue_free(&exec->input);
    free(exec->command.folder);
    texts_free(exec->command.arguments);
    texts_free(exec->command.environment);
}

static const struct stream_kind exec_kind = {
    .frame = exec_frame,
    .polls = exec_polls,
    .busy = exec_busy,
    .step = exec_step,
    .abandon = exec_abandon,
    .release = exec_release,
};
