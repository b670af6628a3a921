"""The few things that every build must do, also under an emulator (EMULATOR), where vfork is only a fork."""

import os
import unittest

from case import GUEST, GuestCase, command
from client import *

EMULATOR = tuple(os.environ.get("EMULATOR", "").split())


class Smoke(GuestCase):
    def test_version(self):
        self.assertIn("protocol 1", command(*EMULATOR, GUEST, "--version").stdout)

    def test_a_command_a_file_and_a_scan(self):
        guest = self.guest(prefix=EMULATOR)
        guest.scan(0)
        self.assertEqual(Output(b"out\n", b"err\n", 0, 3, 0), guest.shell("echo out; echo err >&2; exit 3"))
        guest.write("a/b", b"content")
        self.assertEqual(b"content", guest.read("a/b"))
        self.assertEqual({b"a": None, b"a/b": b"content"}, {path: c for path, (_, c) in guest.scan(1)[0].items()})
        guest.bye()
        self.assertEqual(0, guest.process.wait(10))


if __name__ == "__main__":
    unittest.main()
