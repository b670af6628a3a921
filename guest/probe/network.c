#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "probe.h"

enum { WAIT_MS = 400, FAMILY_VSOCK = 40, VSOCK_HOST = 2 };

struct vsock_address {
    unsigned short family, reserved;
    unsigned port, cid;
    unsigned char zero[4];
};

static void interfaces(void) {
    char others[256] = "";
    struct if_nameindex *all = if_nameindex();
    if (all == NULL) {
        /* The question itself may be refused. */
        report("network.interfaces", is_refusal(errno) ? HELD : PARTIAL, "cannot be listed: %s", strerror(errno));
        return;
    }
    for (struct if_nameindex *one = all; one->if_index != 0; one++) {
        if (strcmp(one->if_name, "lo") != 0) {
            snprintf(others + strlen(others), sizeof others - strlen(others), " %s", one->if_name);
        }
    }
    if_freenameindex(all);
    report("network.interfaces", others[0] == 0 ? HELD : BROKEN, "lo%s", others[0] == 0 ? " only" : others);
}

/* Columns: IPv4 names the interface first, IPv6 last. */
static void routes(const char *name, const char *file, bool first) {
    char line[512];
    int other = 0;
    FILE *table = fopen(file, "re");
    if (table == NULL) {
        report(name, HELD, "%s: %s", file, strerror(errno));
        return;
    }
    while (fgets(line, sizeof line, table) != NULL) {
        line[strcspn(line, "\n")] = 0;
        const char *interface = first ? line : strrchr(line, ' ') == NULL ? line : strrchr(line, ' ') + 1;
        size_t length = strcspn(interface, " \t");
        bool header = first && strncmp(interface, "Iface", 5) == 0;
        other += !header && length > 0 && !(length == 2 && strncmp(interface, "lo", 2) == 0);
    }
    fclose(table);
    report(name, other == 0 ? HELD : BROKEN, "%d routes that leave loopback", other);
}

/* 0: connected; otherwise why not. */
static int connect_within(int fd, const void *address, socklen_t size) {
    if (connect(fd, address, size) == 0) {
        return 0;
    }
    if (errno != EINPROGRESS) {
        return errno;
    }
    struct pollfd writable = {.fd = fd, .events = POLLOUT};
    int number = 0;
    socklen_t length = sizeof number;
    if (poll(&writable, 1, WAIT_MS) == 0) {
        return ETIMEDOUT;
    }
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &number, &length) < 0 ? errno : number;
}

/* Unreachable means that there is no way; silence or a refusal means that a packet went out. */
static enum verdict way_out(int number) {
    if (number == 0) {
        return BROKEN;
    }
    return number == ENETUNREACH || number == EHOSTUNREACH || number == EADDRNOTAVAIL || is_refusal(number) ? HELD
                                                                                                             : PARTIAL;
}

static void tcp(const char *name, const char *address, unsigned short port) {
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    bool is_six = inet_pton(AF_INET6, address, &six.sin6_addr) == 1;
    if (!is_six) {
        inet_pton(AF_INET, address, &four.sin_addr);
    }
    int fd = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int number = fd < 0    ? errno
                 : is_six ? connect_within(fd, &six, sizeof six)
                          : connect_within(fd, &four, sizeof four);
    report(name, way_out(number), "%s port %d: %s", address, port, number == 0 ? "connected" : strerror(number));
    if (fd >= 0) {
        close(fd);
    }
}

/* Asks a name server for example.com. */
static void dns(const char *name, const char *server) {
    static const char query[] = "\x53\x43\x01\0\0\1\0\0\0\0\0\0\7example\3com\0\0\1\0";
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(53)};
    char answer[512];
    if (inet_pton(AF_INET, server, &address.sin_addr) != 1) {
        report(name, PARTIAL, "not tried: %s", server);
        return;
    }
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0 ||
        send(fd, query, sizeof query, MSG_NOSIGNAL) < 0) {
        report(name, way_out(errno), "%s: %s", server, strerror(errno));
    } else {
        struct pollfd readable = {.fd = fd, .events = POLLIN};
        bool readable_now = poll(&readable, 1, WAIT_MS) > 0;
        ssize_t size = readable_now ? recv(fd, answer, sizeof answer, MSG_DONTWAIT) : -1;
        if (size > 0) {
            report(name, BROKEN, "%s answered", server);
        } else {
            bool refused = readable_now && errno == ECONNREFUSED;
            report(name, refused ? HELD : PARTIAL, "%s: %s", server, refused ? "nobody there" : "sent, no answer");
        }
    }
    if (fd >= 0) {
        close(fd);
    }
}

static void resolver(void) {
    char line[256];
    char server[64] = "";
    FILE *file = fopen("/etc/resolv.conf", "re");
    while (file != NULL && server[0] == 0 && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "nameserver %63s", server);
    }
    if (file != NULL) {
        fclose(file);
    }
    if (server[0] == 0) {
        report("network.resolver", HELD, "no name server is configured");
    } else {
        dns("network.resolver", server);
    }
}

static void family(const char *name, int domain, int type, int protocol, const char *what) {
    int fd = socket(domain, type | SOCK_CLOEXEC, protocol);
    report_attempt(name, fd, BROKEN, what);
    if (fd >= 0) {
        close(fd);
    }
}

static void vsock(void) {
    struct vsock_address host = {.family = FAMILY_VSOCK, .port = 1, .cid = VSOCK_HOST};
    int fd = socket(FAMILY_VSOCK, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        report_attempt("network.vsock", fd, BROKEN, "a vsock socket");
        return;
    }
    int number = connect_within(fd, &host, sizeof host);
    bool nowhere = number == ENODEV || number == ENETUNREACH;
    report("network.vsock", nowhere ? HELD : number == 0 ? BROKEN : PARTIAL, "a connection to the host: %s",
           number == 0 ? "succeeded" : strerror(number));
    close(fd);
}

/* Abstract unix sockets belong to the network namespace, and no file guards them. */
static void abstract_sockets(void) {
    char line[512];
    int open_ones = 0;
    int seen = 0;
    FILE *sockets = fopen("/proc/net/unix", "re");
    while (sockets != NULL && fgets(line, sizeof line, sockets) != NULL) {
        const char *at = strchr(line, '@');
        if (at == NULL || at[-1] != ' ') {
            continue;
        }
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        size_t length = strcspn(at + 1, "\n");
        seen++;
        if (length == 0 || length > sizeof address.sun_path - 1) {
            continue;
        }
        memcpy(address.sun_path + 1, at + 1, length);
        socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        open_ones += fd >= 0 && connect(fd, (struct sockaddr *)&address, size) == 0;
        close(fd);
    }
    if (sockets != NULL) {
        fclose(sockets);
    }
    report("network.abstract-sockets", open_ones > 0 ? BROKEN : seen > 0 ? PARTIAL : HELD,
           "%d in sight, %d accept connections", seen, open_ones);
}

void probe_network(void) {
    interfaces();
    routes("network.routes", "/proc/net/route", true);
    routes("network.routes-ipv6", "/proc/net/ipv6_route", false);
    tcp("network.tcp", "1.1.1.1", 443);
    tcp("network.tcp-ipv6", "2606:4700:4700::1111", 443);
    tcp("network.metadata", "169.254.169.254", 80);
    tcp("network.gateway", "172.17.0.1", 22);
    dns("network.udp", "8.8.8.8");
    resolver();
    family("network.packet", AF_PACKET, SOCK_RAW, 0, "a packet socket");
    family("network.raw", AF_INET, SOCK_RAW, IPPROTO_ICMP, "a raw socket");
    vsock();
    abstract_sockets();
}
