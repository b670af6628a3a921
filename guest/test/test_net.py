import errno
import os
import socket
import struct
import unittest

from case import GuestCase
from client import *

ECHO = """
import socket, sys
server = socket.create_server((sys.argv[1], 0), family=socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET)
print(server.getsockname()[1], flush=True)
while True:
    one, _ = server.accept()
    while True:
        got = one.recv(65536)
        if not got: break
        one.sendall(got)
    one.sendall(b'bye')
    one.close()
"""


class Connections(GuestCase):
    def setUp(self):
        super().setUp()
        self.guest = self.guest()

    def echo(self, address="127.0.0.1"):
        stream = self.guest.start(["python3", "-c", ECHO, address])
        self.guest.started(stream)
        return int(self.guest.frame_of(stream)[1])

    def connect(self, port):
        stream = self.guest.open(CONNECT, struct.pack(">H", port))
        type, payload = self.guest.frame_of(stream)
        if type == FAILED:
            raise Failed(struct.unpack_from(">I", payload)[0], payload[8:].decode())
        self.assertEqual(CONNECTED, type)
        return stream

    def listen(self, port=0):
        stream = self.guest.open(LISTEN, struct.pack(">H", port))
        type, payload = self.guest.frame_of(stream)
        self.assertEqual(LISTENING, type)
        return stream, struct.unpack(">H", payload)[0]

    def content(self, stream):
        frames = self.guest.answers(stream)
        self.assertEqual(CLOSED, frames[-1][0])
        return b"".join(payload for type, payload in frames if type == S_DATA), [type for type, _ in frames]

    def test_bytes_go_both_ways_and_each_end_closes_its_own(self):
        for address in ("127.0.0.1", "::1"):
            stream = self.connect(self.echo(address))
            for part in (b"one ", b"", b"two"):
                self.guest.send(DATA, stream, part)
            self.guest.send(DATA_END, stream)
            content, types = self.content(stream)
            self.assertEqual(b"one twobye", content)
            self.assertEqual([S_DATA_END, CLOSED], types[-2:])

    def test_a_refused_connection_says_so(self):
        self.refused(errno.ECONNREFUSED, "connect", self.connect, 1)

    def test_more_than_the_window_waits_for_the_reader(self):
        stream = self.connect(self.echo())
        sent = os.urandom(3 << 20)
        credit, at, received = WINDOW, 0, b""
        while at < len(sent):
            if credit > 0:
                self.guest.send(DATA, stream, sent[at:at + 65536])
                credit -= 65536
                at += 65536
                continue
            type, payload = self.guest.frame_of(stream)
            if type == S_CREDIT:
                credit += struct.unpack(">I", payload)[0]
            else:
                received += payload
        self.guest.send(DATA_END, stream)
        self.assertEqual(sent + b"bye", received + self.content(stream)[0])

    def test_a_listener_hands_out_connections_in_turn(self):
        listener, port = self.listen()
        waiting = self.guest.open(ACCEPT, struct.pack(">I", listener))
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
        accepted = [waiting, self.guest.open(ACCEPT, struct.pack(">I", listener))]
        for one, stream in zip(clients, accepted):
            self.assertEqual((CONNECTED, b""), self.guest.frame_of(stream))
            one.sendall(b"question")
            one.shutdown(socket.SHUT_WR)
            self.assertEqual((S_DATA, b"question"), self.guest.frame_of(stream))
            self.assertEqual((S_DATA_END, b""), self.guest.frame_of(stream))
            self.guest.send(DATA, stream, b"answer")
            self.guest.send(DATA_END, stream)
            self.assertEqual((b"", [CLOSED]), self.content(stream))
            self.assertEqual(b"answer", one.recv(100))
            self.assertEqual(b"", one.recv(100))
            one.close()
        self.guest.send(CLOSE, listener)
        self.assertEqual(CLOSED, self.guest.answers(listener)[-1][0])
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))

    def test_the_end_of_our_side_reaches_one_that_only_listens(self):
        listener, port = self.listen()
        stream = self.guest.open(ACCEPT, struct.pack(">I", listener))
        self.guest.send(DATA, stream, b"early")
        self.guest.send(DATA_END, stream)
        with socket.create_connection(("127.0.0.1", port)) as one:
            self.assertEqual(b"early", one.recv(100))
            self.assertEqual(b"", one.recv(100))
        self.assertEqual([CONNECTED, S_DATA_END, CLOSED], self.content(stream)[1])

    def test_waiting_ends_with_the_listener(self):
        listener, port = self.listen()
        stream = self.guest.open(ACCEPT, struct.pack(">I", listener))
        self.guest.send(CLOSE, listener)
        self.refused(errno.ECANCELED, "accept", self.guest.answers, stream)
        self.refused(errno.ECANCELED, "accept", self.guest.answers, self.guest.open(ACCEPT, struct.pack(">I", 99)))

    def test_a_port_in_use_is_refused(self):
        _, port = self.listen()
        stream = self.guest.open(LISTEN, struct.pack(">H", port))
        self.refused(errno.EADDRINUSE, "listen", self.guest.answers, stream)

    def test_a_reset_closes_the_stream(self):
        listener, port = self.listen()
        stream = self.guest.open(ACCEPT, struct.pack(">I", listener))
        one = socket.create_connection(("127.0.0.1", port))
        self.assertEqual(CONNECTED, self.guest.frame_of(stream)[0])
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()
        self.assertEqual((b"", [CLOSED]), self.content(stream))

    def test_close_hangs_up(self):
        listener, port = self.listen()
        stream = self.guest.open(ACCEPT, struct.pack(">I", listener))
        with socket.create_connection(("127.0.0.1", port)) as one:
            self.assertEqual(CONNECTED, self.guest.frame_of(stream)[0])
            self.guest.send(CLOSE, stream)
            self.assertEqual((b"", [CLOSED]), self.content(stream))
            self.assertEqual(b"", one.recv(100))


if __name__ == "__main__":
    unittest.main()
