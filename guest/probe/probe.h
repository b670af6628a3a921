/* A program that tries to break each guarantee from inside, and says how far it came.
 *
 * One line for each attempt: NAME TAB held|partial|broken TAB evidence. `held`: it failed for a reason that is the
 * wall's. `partial`: it went further than it should, or could not be tried. `broken`: it succeeded. */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <stddef.h>

enum verdict { HELD, PARTIAL, BROKEN };

void report(const char *name, enum verdict verdict, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* An attempt that returned `result` with errno: success is `worst`, a refusal held, any other failure partial. */
void report_attempt(const char *name, long result, enum verdict worst, const char *what);
/* True for the errors of a wall that says no. */
bool is_refusal(int number);
/* The text behind `key` in /proc/self/status, without blanks; empty when it is not there. */
void status_value(const char *key, char *value, size_t size);
/* Monotonic. */
long now_ms(void);

void probe_network(void);
void probe_privileges(void);
void probe_syscalls(void);
void probe_file_system(char **host_paths);
void probe_memory(unsigned long long limit);
void probe_pids(unsigned long limit);
void probe_cpu(double limit);
void probe_disk(const char *folder, unsigned long long limit);
void probe_kernel(void);

#endif
