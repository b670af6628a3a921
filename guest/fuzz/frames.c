/* libFuzzer target: the guest's whole way from bytes to streams, in an empty root without network, as nobody.
 *
 * The first byte chooses: even, the rest is the stream of frames as it comes; odd, it is a list of [type][stream]
 * [length][payload] of a byte each, which is framed here, so that payloads are reached without guessing lengths. */
#define _GNU_SOURCE
#include <sched.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <stddef.h>
#include <unistd.h>

static jmp_buf ended;

#define main guest_main
#define _exit(status) longjmp(ended, 1)
#define fprintf(...) ((void)0)
#include "../src/main.c"
#undef _exit
#undef fprintf

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count;
    (void)arguments;
    const char *jail = getenv("JAIL");
    if (jail == NULL || unshare(CLONE_NEWNET | CLONE_NEWNS) < 0 || chroot(jail) < 0 || chdir("/") < 0 ||
        setgid(65534) < 0 || setuid(65534) < 0) {
        perror("this needs root and a folder JAIL");
        _exit(1);
    }
    root_folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return 0;
}

static void feed(const uint8_t *bytes, size_t size) {
    if (queue_append(&input, bytes, size)) {
        take_frames();
    }
}

static void feed_framed(const uint8_t *bytes, size_t size) {
    while (size >= 3 && !leaving) {
        uint8_t length = bytes[2] < size - 3 ? bytes[2] : (uint8_t)(size - 3);
        const uint8_t header[FRAME_HEADER] = {0, 0, (uint8_t)((length + 5) >> 8), (uint8_t)(length + 5), bytes[0],
                                              0, 0, 0, bytes[1] & 7};
        feed(header, sizeof header);
        feed(bytes + 3, length);
        bytes += 3 + length;
        size -= 3 + length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    /* There is no /proc here, so this freeze (stream 0x100) lasts and no command starts. */
    static const uint8_t freeze[] = {0, 0, 0, 5, FREEZE, 0, 0, 1, 0};
    static const struct pollfd no_polls[1];
    greeted = true;
    leaving = false;
    if (size > 0 && setjmp(ended) == 0) {
        feed(freeze, sizeof freeze);
        if (bytes[0] & 1) {
            feed_framed(bytes + 1, size - 1);
        } else {
            for (size_t at = 1; at < size && !leaving; at += 7) {
                feed(bytes + at, size - at < 7 ? size - at : 7);
            }
        }
        for (int turns = 0; turns < 4; turns++) {
            step_streams(no_polls);
            streams_sweep();
        }
    }
    struct stream *frozen = stream_find(0x100);
    if (frozen != NULL) {
        frozen->kind->abandon(frozen);
    }
    streams_release_all();
    queue_drop(&input, input.length);
    queue_drop(&output, output.length);
    return 0;
}
