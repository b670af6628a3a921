"""The probe, where its guarantees hold and, as the negative control, where they do not."""

import os
import pathlib
import socket
import unittest

import case
from client import *

PROBE = os.environ.get("PROBE", str(pathlib.Path(case.GUEST).parent / "probe"))
NOBODY = {"uid": 12345, "gid": 12345}


class Probe(case.GuestCase):
    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o755)
        os.chmod(self.root, 0o777)

    def walled(self):
        """Namespaces for all, and what the guest drops."""
        return self.guest("--root", str(self.root), "--drop",
                          prefix=("unshare", "--net", "--ipc", "--uts", *case.AS_INIT[1:]))

    def probe(self, guest, *arguments, **options):
        """{name: verdict}"""
        end = guest.run([PROBE, *arguments], cwd="/", **options)
        self.assertEqual((b"", 0, 0), (end.err, end.how, end.value))
        lines = [line.split("\t") for line in end.out.decode().splitlines()]
        self.assertEqual({3}, set(map(len, lines)))
        self.evidence = {name: evidence for name, _, evidence in lines}
        return {name: verdict for name, verdict, _ in lines}

    def test_network(self):
        closed = self.probe(self.walled(), "network")
        # The machine's own name server is in /etc/resolv.conf, and not to be reached either.
        self.assertEqual({"held"}, set(closed.values()), self.evidence)
        with socket.socket(socket.AF_UNIX) as abstract:
            abstract.bind(f"\0guest-test-{os.getpid()}")
            abstract.listen()
            open_one = self.probe(self.as_init("--root", str(self.root)), "network")
        for name in ("interfaces", "packet", "raw", "abstract-sockets"):
            self.assertEqual("broken", open_one["network." + name], self.evidence)

    def test_privileges(self):
        closed = self.probe(self.walled(), "privileges")
        self.assertEqual("partial", closed.pop("privileges.user"))
        self.assertEqual({"held"}, set(closed.values()), self.evidence)
        guest = self.as_init("--root", str(self.root))
        open_one = self.probe(guest, "privileges")
        for name in ("capabilities", "no-new-privileges", "set-user", "mount", "user-namespace", "mount-namespace",
                     "clone-namespace", "chroot", "ptrace", "guest", "mknod"):
            self.assertEqual("broken", open_one["privileges." + name], name)
        self.assertEqual(b"x\n", guest.shell("echo x").out)

    def test_syscalls(self):
        closed = self.probe(self.walled(), "syscalls")
        self.assertEqual({"held"}, set(closed.values()), self.evidence)
        open_one = self.probe(self.as_init("--root", str(self.root)), "syscalls")
        self.assertEqual("broken", open_one["syscalls.filter"])
        self.assertIn("partial", open_one.values())

    def test_file_system(self):
        guest = self.guest()
        (self.root / "there").write_text("x")
        seen = self.probe(guest, "file-system", str(self.root / "there"), str(self.root / "not"), **NOBODY)
        self.assertEqual(["broken", "held"],
                         [seen[f"file-system.host:{self.root}/{name}"] for name in ("there", "not")])
        self.assertEqual("held", seen["file-system.write:/usr"])
        self.assertEqual("held", seen["file-system.write:/proc/sys/kernel/core_pattern"])
        control = self.probe(self.as_init("--root", str(self.root)), "file-system", "/nowhere")
        self.assertEqual("broken", control["file-system.write:/proc/sys/kernel/core_pattern"])

    def test_memory(self):
        guest, size = self.guest(), 50 << 20
        self.assertEqual({"memory.limit": "broken"}, self.probe(guest, "memory", str(size)))
        each = self.probe(guest, "memory", str(size), limits=[(0, size)])
        self.assertEqual({"memory.limit": "held", "memory.together": "partial"}, each, self.evidence)

    def test_pids(self):
        guest = self.guest()
        self.assertEqual({"pids.limit": "broken"}, self.probe(guest, "pids", "50"))
        self.assertEqual({"pids.limit": "held"}, self.probe(guest, "pids", "50", limits=[(2, 50)], **NOBODY))
        self.assertEqual(b"x\n", guest.shell("echo x").out)

    def test_cpu(self):
        guest = self.guest()
        self.assertEqual({"cpu.limit": "broken"}, self.probe(guest, "cpu", "0.01"))
        self.assertEqual({"cpu.limit": "partial"}, self.probe(guest, "cpu", "40"))

    def test_disk(self):
        guest = self.as_init("--root", str(self.root))
        guest.shell("mkdir small; mount -t tmpfs -o size=2m none small")
        small = str(self.root / "small")
        self.assertEqual("broken", self.probe(guest, "disk", small, "1000000")["disk.limit"])
        self.assertEqual("held", self.probe(guest, "disk", small, "5000000")["disk.limit"])
        self.assertEqual("held", self.probe(guest, "disk", small, "1000000", limits=[(1, 500000)])["disk.limit"])
        self.assertEqual({"disk.space": "partial"}, self.probe(guest, "disk", small))
        self.assertEqual(b"", guest.shell("ls -A small").out)

    def test_kernel(self):
        self.probe(self.guest(), "kernel")
        boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        self.assertEqual(f"release={os.uname().release} boot={boot}", self.evidence["kernel.identity"])

    def test_usage(self):
        guest = self.guest()
        for arguments in ((), ("nothing",), ("memory",)):
            self.assertEqual(64, guest.run([PROBE, *arguments]).value)


if __name__ == "__main__":
    unittest.main()
