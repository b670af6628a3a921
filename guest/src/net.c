/* LISTEN, ACCEPT, CONNECT: TCP on loopback inside, one stream for each connection. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "guest.h"

enum { BACKLOG = 128 };

enum phase { WAITING, CONNECTING, OPEN };

struct listener {
    struct stream stream;
    int fd;
};

struct connection {
    struct stream stream;
    enum phase phase;
    uint32_t listener; /* while WAITING */
    uint16_t port;     /* while CONNECTING: where to, when 127.0.0.1 refuses */
    int fd;
    bool host_ends, told_inside, inside_ended;
    struct queue input;
};

static const struct stream_kind listener_kind;

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

static socklen_t loopback(union address *address, int family, uint16_t port) {
    memset(address, 0, sizeof *address);
    if (family == AF_INET) {
        address->four.sin_family = AF_INET;
        address->four.sin_port = htons(port);
        address->four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return sizeof address->four;
    }
    address->six.sin6_family = AF_INET6;
    address->six.sin6_port = htons(port);
    address->six.sin6_addr = (struct in6_addr)IN6ADDR_LOOPBACK_INIT;
    return sizeof address->six;
}

static int open_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

static void shut(int *fd) {
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static void listener_release(struct stream *stream) { shut(&((struct listener *)stream)->fd); }

static const struct stream_kind listener_kind = {.frame = stream_takes_nothing, .release = listener_release};

bool listen_open(const struct frame *frame) {
    struct listener *listener = stream_open(frame->stream, &listener_kind, sizeof *listener);
    if (listener == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    union address address;
    socklen_t size = loopback(&address, AF_INET, take_u16(&cursor));
    int yes = 1;
    listener->fd = open_socket(AF_INET);
    if (listener->fd < 0 || setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(listener->fd, &address.any, size) < 0 || listen(listener->fd, BACKLOG) < 0 ||
        getsockname(listener->fd, &address.any, &size) < 0) {
        stream_fail(&listener->stream, errno, "listen");
        return cursor_done(&cursor);
    }
    say_begin(SAY_LISTENING, frame->stream);
    say_u16(ntohs(address.four.sin_port));
    say_end();
    return cursor_done(&cursor);
}

static struct listener *listener_of(const struct connection *connection) {
    struct stream *stream = stream_find(connection->listener);
    return stream != NULL && stream->kind == &listener_kind ? (struct listener *)stream : NULL;
}

static void opened(struct connection *connection) {
    int yes = 1;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    connection->phase = OPEN;
    say_empty(SAY_CONNECTED, connection->stream.id);
}

static void await_connection(struct connection *connection) {
    const struct listener *listener = listener_of(connection);
    if (listener == NULL) {
        stream_fail(&connection->stream, ECANCELED, "accept");
        return;
    }
    connection->fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (connection->fd >= 0) {
        opened(connection);
    } else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
        stream_fail(&connection->stream, errno, "accept");
    }
}

static bool connect_to(struct connection *connection, int family) {
    union address address;
    socklen_t size = loopback(&address, family, connection->port);
    shut(&connection->fd);
    connection->fd = open_socket(family);
    return connection->fd >= 0 &&
           (connect(connection->fd, &address.any, size) == 0 || errno == EINPROGRESS);
}

static void finish_connecting(struct connection *connection) {
    int number = 0;
    socklen_t size = sizeof number;
    union address peer;
    socklen_t peer_size = sizeof peer;
    if (getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &number, &size) == 0 && number == 0) {
        if (getpeername(connection->fd, &peer.any, &peer_size) == 0) {
            opened(connection);
        }
        return;
    }
    int family = AF_INET;
    size = sizeof family;
    getsockopt(connection->fd, SOL_SOCKET, SO_DOMAIN, &family, &size);
    if (family != AF_INET || !connect_to(connection, AF_INET6)) {
        stream_fail(&connection->stream, number, "connect");
    }
}

/* What the host sent goes in; after its end, ours is closed in that direction. */
static bool feed(struct connection *connection) {
    while (connection->input.length > 0) {
        ssize_t size =
            send(connection->fd, connection->input.bytes + connection->input.start, connection->input.length, 0);
        if (size < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        queue_drop(&connection->input, (size_t)size);
        stream_consumed(&connection->stream, (size_t)size);
    }
    return true;
}

static bool drain(struct connection *connection) {
    if (connection->inside_ended || !stream_may_send(&connection->stream)) {
        return true;
    }
    uint8_t *room = say_data_begin(FRAME_PAYLOAD_MAX);
    ssize_t size = recv(connection->fd, room, FRAME_PAYLOAD_MAX, 0);
    if (size > 0) {
        say_data_end(SAY_DATA, connection->stream.id, (size_t)size);
        connection->stream.credit -= size;
    } else if (size == 0) {
        connection->inside_ended = true;
        say_empty(SAY_DATA_END, connection->stream.id);
    }
    return size >= 0 || errno == EAGAIN || errno == EINTR;
}

static bool host_is_through(const struct connection *connection) {
    return connection->host_ends && connection->input.length == 0;
}

static void connection_step(struct stream *stream) {
    struct connection *connection = (struct connection *)stream;
    if (connection->phase == WAITING) {
        await_connection(connection);
    } else if (connection->phase == CONNECTING) {
        finish_connecting(connection);
    } else if (!feed(connection) || !drain(connection)) {
        stream_closed(stream);
    } else if (host_is_through(connection)) {
        if (!connection->told_inside) {
            shutdown(connection->fd, SHUT_WR);
            connection->told_inside = true;
        }
        if (connection->inside_ended) {
            stream_closed(stream);
        }
    }
}

static bool connection_frame(struct stream *stream, const struct frame *frame) {
    struct connection *connection = (struct connection *)stream;
    if (frame->type == DATA_END) {
        connection->host_ends = true;
        return frame->size == 0;
    }
    if (frame->type != DATA || connection->host_ends || !stream_received(stream, frame->size)) {
        return false;
    }
    if (!queue_append(&connection->input, frame->payload, frame->size)) {
        stream_closed(stream);
    }
    return true;
}

static int connection_polls(struct stream *stream, struct pollfd *polls) {
    struct connection *connection = (struct connection *)stream;
    const struct listener *listener = connection->phase == WAITING ? listener_of(connection) : NULL;
    struct pollfd wanted = {.fd = listener != NULL ? listener->fd : connection->fd};
    if (connection->phase == WAITING) {
        wanted.events = POLLIN;
    } else if (connection->phase == CONNECTING) {
        wanted.events = POLLOUT;
    } else {
        bool takes = !connection->inside_ended && stream_may_send(stream);
        bool gives = connection->input.length > 0 || (connection->host_ends && !connection->told_inside);
        wanted.events = (short)((takes ? POLLIN : 0) | (gives ? POLLOUT : 0));
    }
    /* Without a wish, poll would report a broken connection again and again. */
    *polls = wanted;
    return wanted.fd >= 0 && wanted.events != 0;
}

static bool connection_busy(struct stream *stream) {
    struct connection *connection = (struct connection *)stream;
    return connection->phase == WAITING && listener_of(connection) == NULL;
}

static void connection_release(struct stream *stream) {
    struct connection *connection = (struct connection *)stream;
    shut(&connection->fd);
    queue_free(&connection->input);
}

static const struct stream_kind connection_kind = {
    .frame = connection_frame,
    .polls = connection_polls,
    .busy = connection_busy,
    .step = connection_step,
    .release = connection_release,
};

bool accept_open(const struct frame *frame) {
    struct connection *connection = stream_open(frame->stream, &connection_kind, sizeof *connection);
    if (connection == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    connection->fd = -1;
    connection->listener = take_u32(&cursor);
    return cursor_done(&cursor);
}

bool connect_open(const struct frame *frame) {
    struct connection *connection = stream_open(frame->stream, &connection_kind, sizeof *connection);
    if (connection == NULL) {
        return true;
    }
    struct cursor cursor = {.at = frame->payload, .left = frame->size};
    connection->fd = -1;
    connection->phase = CONNECTING;
    connection->port = take_u16(&cursor);
    if (!connect_to(connection, AF_INET) && !connect_to(connection, AF_INET6)) {
        stream_fail(&connection->stream, errno, "connect");
    }
    return cursor_done(&cursor);
}
