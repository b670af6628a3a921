"""What the tests share: the guest under test (GUEST), a folder of its own for each test, and ways to start it."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import client

GUEST = os.environ.get("GUEST", str(pathlib.Path(__file__).parent.parent / "build/x86_64/guest"))
AS_INIT = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")


class GuestCase(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guest-"))
        self.root = self.folder / "root"
        self.root.mkdir()
        self.clients = []

    def tearDown(self):
        for one in self.clients:
            one.__exit__()
            faults = one.process.returncode not in (0, 70) and not one.prefixed
            self.assertFalse(faults, f"the guest ended with {one.process.returncode}")
            self.assertNotRegex(one.last_words, b"Sanitizer|runtime error")
        for top, folders, _ in os.walk(self.folder):
            for name in folders:
                if not os.path.islink(os.path.join(top, name)):
                    os.chmod(os.path.join(top, name), 0o700)
        shutil.rmtree(self.folder)

    def guest(self, *options, prefix=(), hello=True, **more):
        options = options or ("--root", str(self.root))
        one = client.Client(options, GUEST, prefix=prefix, **more)
        one.prefixed = bool(prefix)
        self.clients.append(one)
        if hello:
            one.hello()
        return one

    def as_init(self, *options):
        """As PID 1 of its own namespace, like in every sandbox."""
        return self.guest(*options, prefix=AS_INIT)

    def overlay(self, files=()):
        """On an overlay over self.folder/lower, which `files` fill; the mount is seen by the guest only."""
        for name in ("lower", "upper", "work"):
            (self.folder / name).mkdir()
        for path, content in dict(files).items():
            target = self.folder / "lower" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        layers = (str(self.folder / name) for name in ("lower", "upper", "work"))
        return self.as_init("--root", str(self.root), "--mount-overlay", *layers)

    def refused(self, number, step, call, *arguments, **options):
        with self.assertRaises(client.Failed) as caught:
            call(*arguments, **options)
        self.assertEqual((number, step), (caught.exception.number, caught.exception.step))


def command(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60)
