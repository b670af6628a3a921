#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

enum { STEP = 1 << 20, EATERS_MAX = 2, PIDS_MARGIN = 64, PIDS_MAX = 70000, BUSY_MAX = 64, BUSY_MS = 500 };

/* Where the children tell how far they came; it outlives them. */
struct eaten {
    volatile unsigned long long bytes;
    volatile int number;
};

static unsigned long long available_memory(void) {
    unsigned long long kilobytes = 0;
    char line[128];
    FILE *file = fopen("/proc/meminfo", "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "MemAvailable: %llu", &kilobytes) == 1) {
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kilobytes * 1024;
}

static _Noreturn void eat(struct eaten *eaten, unsigned long long most) {
    /* Whoever has to die for it, it is us. */
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        ssize_t ignored = write(score, "1000", 4);
        (void)ignored;
        close(score);
    }
    while (eaten->bytes < most) {
        char *more = mmap(NULL, STEP, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (more == MAP_FAILED) {
            eaten->number = errno;
            break;
        }
        for (int i = 0; i < STEP; i += 4096) {
            more[i] = (char)(i + 1);
        }
        eaten->bytes += STEP;
    }
    /* Held until all have eaten. */
    for (;;) {
        pause();
    }
}

/* Starts the eaters and waits until each is full, refused or dead, or the time is over; ends them. */
static unsigned long long eat_together(struct eaten *eaten, int count, unsigned long long most, bool *stopped) {
    static const struct timespec tick = {.tv_nsec = 2000000};
    pid_t pids[EATERS_MAX];
    long began = now_ms();
    *stopped = false;
    for (int i = 0; i < count; i++) {
        eaten[i] = (struct eaten){0};
        pids[i] = fork();
        if (pids[i] == 0) {
            eat(&eaten[i], most);
        }
    }
    int waiting = count;
    while (waiting > 0 && now_ms() - began < 1200) {
        waiting = 0;
        nanosleep(&tick, NULL);
        for (int i = 0; i < count; i++) {
            int status;
            if (pids[i] > 0 && waitpid(pids[i], &status, WNOHANG) == pids[i]) {
                pids[i] = -1;
            }
            bool dead = pids[i] < 0;
            *stopped = *stopped || dead || eaten[i].number != 0;
            waiting += !dead && eaten[i].number == 0 && eaten[i].bytes < most;
        }
    }
    unsigned long long total = 0;
    for (int i = 0; i < count; i++) {
        total += eaten[i].bytes;
        if (pids[i] > 0) {
            kill(pids[i], SIGKILL);
            waitpid(pids[i], NULL, 0);
        }
    }
    return total;
}

void probe_memory(unsigned long long limit) {
    struct eaten *eaten = mmap(NULL, EATERS_MAX * sizeof *eaten, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                               -1, 0);
    unsigned long long available = available_memory();
    bool stopped;
    if (eaten == MAP_FAILED) {
        report("memory.limit", PARTIAL, "not tried: %s", strerror(errno));
        return;
    }
    if (available < limit * 2 + limit / 2) {
        report("memory.limit", PARTIAL, "not tried: the machine itself has only %llu bytes left", available);
        return;
    }
    unsigned long long one = eat_together(eaten, 1, limit * 2, &stopped);
    if (!stopped) {
        report("memory.limit", one >= limit * 2 ? BROKEN : PARTIAL, "one process took %llu bytes", one);
        return;
    }
    report("memory.limit", one <= limit ? HELD : PARTIAL, "one process was stopped at %llu bytes", one);
    /* A limit of each process is none of the sandbox. */
    unsigned long long two = eat_together(eaten, 2, limit / 5 * 3, &stopped);
    report("memory.together", stopped ? HELD : PARTIAL, "two processes %s %llu bytes",
           stopped ? "were stopped at" : "together took", two);
}

void probe_pids(unsigned long limit) {
    static pid_t pids[PIDS_MAX];
    unsigned long most = limit < PIDS_MAX - PIDS_MARGIN ? limit + PIDS_MARGIN : PIDS_MAX;
    unsigned long count = 0;
    int number = 0;
    long began = now_ms();
    while (count < most && now_ms() - began < 2000) {
        pid_t pid = fork();
        if (pid == 0) {
            for (;;) {
                pause();
            }
        }
        if (pid < 0) {
            number = errno;
            break;
        }
        pids[count++] = pid;
    }
    for (unsigned long i = 0; i < count; i++) {
        kill(pids[i], SIGKILL);
    }
    for (unsigned long i = 0; i < count; i++) {
        waitpid(pids[i], NULL, 0);
    }
    if (number != 0) {
        report("pids.limit", count <= limit ? HELD : PARTIAL, "%s after %lu processes", strerror(number), count);
    } else {
        report("pids.limit", count == most ? BROKEN : PARTIAL, "%lu processes were made", count);
    }
}

void probe_cpu(double limit) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    int count = (int)limit + 2;
    pid_t pids[BUSY_MAX];
    struct rusage before;
    struct rusage after;
    count = count > BUSY_MAX ? BUSY_MAX : count;
    getrusage(RUSAGE_CHILDREN, &before);
    long began = now_ms();
    for (int i = 0; i < count; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            while (now_ms() - began < BUSY_MS) {
            }
            _exit(0);
        }
    }
    for (int i = 0; i < count; i++) {
        if (pids[i] > 0) {
            waitpid(pids[i], NULL, 0);
        }
    }
    long wall = now_ms() - began;
    getrusage(RUSAGE_CHILDREN, &after);
    double used = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec -
                           before.ru_stime.tv_sec) +
                  (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec -
                           before.ru_stime.tv_usec) / 1e6;
    double cpus = used * 1000 / (double)wall;
    /* Quotas are counted in periods of 100 ms, so that a short look sees a little more. */
    bool within = cpus <= limit * 1.25 + 0.05;
    bool tried = (double)online > limit * 1.25 + 0.05;
    report("cpu.limit", !within ? BROKEN : tried ? HELD : PARTIAL, "%d busy processes used %.2f of %ld processors%s",
           count, cpus, online, within && !tried ? "; there are no more than the limit allows" : "");
}
