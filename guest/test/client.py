"""The host's end of PROTOCOL.md, as small as the tests need it: one thread, blocking, with deadlines."""

import os
import socket
import struct
import subprocess
import time
from collections import namedtuple

HELLO, EXEC, STDIN, STDIN_EOF, SIGNAL, RESIZE, CREDIT, READ, WRITE, LIST, STAT, MASK, FREEZE, THAW, SCAN = range(1, 16)
LISTEN, ACCEPT, CONNECT, DATA, DATA_END, CLOSE, BYE = range(16, 23)
(S_HELLO, STARTED, STDOUT, STDERR, EXITED, FAILED, S_CREDIT, ENTRY, S_DATA, S_DATA_END, DONE, CONNECTED, LISTENING,
 CLOSED, S_BYE, INFO) = range(0x41, 0x51)
GONE, FILE, FOLDER, LINK, FIFO, SOCKET, CHARACTER, BLOCK, TOO_LARGE, UNREADABLE, NOT_ENTERED = range(11)

LAST = {EXITED, FAILED, DONE, CLOSED}
COSTLY = {STDOUT, STDERR, S_DATA, ENTRY}
WINDOW = 262144
OWN = 0xFFFFFFFF
PATH = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}

Entry = namedtuple("Entry", "kind mode size seconds nanos links path")
Output = namedtuple("Output", "out err how value survivors")


class Failed(Exception):
    def __init__(self, number, step):
        super().__init__(number, step)
        self.number, self.step = number, step


class Ended(Exception):
    """The guest has closed the stream."""


def data(value):
    value = os.fsencode(value) if isinstance(value, str) else value
    return struct.pack(">I", len(value)) + value


def many(values):
    values = list(values)
    return struct.pack(">I", len(values)) + b"".join(data(value) for value in values)


def entry(payload):
    fields = struct.unpack_from(">BIQqIII", payload)
    size = struct.calcsize(">BIQqIII")
    assert len(payload) == size + fields[-1]
    return Entry(*fields[:-1], payload[size:])


class Client:
    def __init__(self, options, program, prefix=(), cwd=None, give_credit=True):
        self.ours, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [*prefix, program, *options], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, cwd=cwd)
        theirs.close()
        self.ours.settimeout(20)
        self.buffer = b""
        self.kept = {}
        self.next = 1
        self.give_credit = give_credit
        self.most_at_once = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ours.close()
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            self.last_words = self.process.stderr.read()
            self.process.stderr.close()

    def send(self, type, stream, payload=b""):
        self.ours.sendall(struct.pack(">IBI", 5 + len(payload), type, stream) + payload)

    def frame(self):
        """The next frame: (type, stream, payload)."""
        while True:
            if len(self.buffer) >= 4:
                length = struct.unpack_from(">I", self.buffer)[0]
                assert 5 <= length <= 5 + 65536
                if len(self.buffer) >= 4 + length:
                    type, stream = struct.unpack_from(">BI", self.buffer, 4)
                    payload = self.buffer[9:4 + length]
                    self.buffer = self.buffer[4 + length:]
                    if self.give_credit and type in COSTLY and payload:
                        try:
                            self.send(CREDIT, stream, struct.pack(">I", len(payload)))
                        except OSError:
                            pass
                    return type, stream, payload
            more = self.ours.recv(1 << 18)
            if not more:
                raise Ended
            self.buffer += more

    def frame_of(self, stream):
        """The next frame of this stream; what others get is kept for them."""
        kept = self.kept.get(stream)
        if kept:
            return kept.pop(0)
        while True:
            type, of, payload = self.frame()
            if of == stream:
                return type, payload
            self.kept.setdefault(of, []).append((type, payload))

    def hello(self):
        self.send(HELLO, 0, struct.pack(">H", 1))
        type, payload = self.frame_of(0)
        assert type == S_HELLO, (type, payload)
        return payload

    def open(self, type, payload=b""):
        stream = self.next
        self.next += 1
        self.send(type, stream, payload)
        return stream

    def answers(self, stream):
        """All frames of the stream up to its closing one, which is the last; FAILED is raised."""
        frames = []
        while True:
            type, payload = self.frame_of(stream)
            if type == FAILED:
                number, length = struct.unpack_from(">II", payload)
                assert len(payload) == 8 + length
                raise Failed(number, payload[8:].decode())
            frames.append((type, payload))
            if type in LAST:
                return frames

    def start(self, arguments, flags=0, cwd="", env=None, rows=24, cols=80, limits=(), uid=OWN, gid=OWN):
        env = PATH if env is None else env
        payload = struct.pack(">BII", flags, uid, gid) + data(cwd or ".") + many(arguments)
        payload += many(f"{key}={value}" for key, value in env.items()) + struct.pack(">HH", rows, cols)
        payload += struct.pack(">I", len(limits)) + b"".join(struct.pack(">BQ", *limit) for limit in limits)
        return self.open(EXEC, payload)

    def output(self, stream):
        frames = self.answers(stream)
        last, end = frames[-1]
        assert last == EXITED, frames
        how, value, survivors = struct.unpack(">BBI", end)
        return Output(b"".join(p for t, p in frames if t == STDOUT), b"".join(p for t, p in frames if t == STDERR),
                      how, value, survivors)

    def run(self, arguments, **options):
        return self.output(self.start(arguments, **options))

    def shell(self, script, **options):
        return self.run(["sh", "-c", script], **options)

    def started(self, stream):
        type, payload = self.frame_of(stream)
        assert type == STARTED, (type, payload)
        return struct.unpack(">I", payload)[0]

    def done(self, stream):
        type, payload = self.answers(stream)[-1]
        assert type == DONE, type
        return struct.unpack(">QQ", payload)

    def read(self, path, offset=0, most=1 << 40):
        frames = self.answers(self.open(READ, data(path) + struct.pack(">QQ", offset, most)))
        assert frames[0][0] == INFO
        return b"".join(payload for type, payload in frames if type == S_DATA)

    def write(self, path, content=b"", kind=0, mode=OWN):
        stream = self.open(WRITE, struct.pack(">BI", kind, mode) + data(path) + struct.pack(">Q", len(content)))
        for at in range(0, len(content), 65536):
            self.send(DATA, stream, content[at:at + 65536])
        return self.done(stream)

    def entries(self, stream):
        frames = self.answers(stream)
        assert frames[-1][0] == DONE
        return [entry(payload) for type, payload in frames if type == ENTRY], struct.unpack(">QQ", frames[-1][1])

    def list(self, path="", depth=1, most=100000):
        return self.entries(self.open(LIST, data(path) + struct.pack(">II", depth, most)))

    def stat(self, *paths):
        return self.entries(self.open(STAT, many(paths)))[0]

    def mask(self, *patterns, paths=()):
        return [one.path for one in self.entries(self.open(MASK, many(patterns) + many(paths)))[0]]

    def freeze(self):
        return self.done(self.open(FREEZE))

    def thaw(self):
        return self.done(self.open(THAW))

    def scan(self, what, most_file=1 << 20, most_total=1 << 30, most_entries=100000, most_depth=64):
        """{path: (entry, content or None)} in the order of arrival, and DONE's numbers."""
        stream = self.open(SCAN, struct.pack(">BQQII", what, most_file, most_total, most_entries, most_depth))
        found, last = {}, None
        frames = self.answers(stream)
        for type, payload in frames:
            if type == ENTRY:
                last = entry(payload)
                assert last.path not in found, last
                found[last.path] = (last, None)
            elif type in (S_DATA, S_DATA_END):
                before = found[last.path][1] or b""
                found[last.path] = (last, before + payload)
        return found, struct.unpack(">QQ", frames[-1][1])

    def bye(self):
        self.send(BYE, 0)
        while self.frame()[0] != S_BYE:
            pass


def eventually(check, seconds=5):
    """Asks again until it is so; the answer is the check's last one."""
    limit = time.monotonic() + seconds
    while True:
        answer = check()
        if answer or time.monotonic() > limit:
            return answer
        time.sleep(0.005)
