import errno
import os
import random
import signal
import struct
import time
import unittest

from case import GUEST, GuestCase, command
from client import *


def raw(type, stream, payload=b"", length=None):
    return struct.pack(">IBI", 5 + len(payload) if length is None else length, type, stream) + payload


class Frames(GuestCase):
    def test_version_says_what_it_is(self):
        answer = command(GUEST, "--version")
        self.assertRegex(answer.stdout, r"\Asafe-coder guest, (x86_64|aarch64), protocol 1\n\Z")

    def test_hello_tells_version_root_user_and_architecture(self):
        guest = self.guest(hello=False)
        payload = guest.hello()
        version, mode, uid, gid, length = struct.unpack_from(">HBIII", payload)
        self.assertEqual((1, 0, os.getuid(), os.getgid()), (version, mode, uid, gid))
        self.assertIn(payload[15:], (b"x86_64", b"aarch64"))

    def test_another_version_is_refused(self):
        guest = self.guest(hello=False)
        guest.send(HELLO, 0, struct.pack(">H", 2))
        self.refused(errno.EPROTO, "version", guest.answers, 0)
        with self.assertRaises(Ended):
            guest.frame()
        self.assertEqual(0, guest.process.wait(5))

    def test_frames_may_come_in_any_pieces(self):
        guest = self.guest()
        choose = random.Random(7)
        shell = struct.pack(">BII", 2, OWN, OWN) + data(".") + many(["cat"]) + many([]) + struct.pack(">HHI", 0, 0, 0)
        content = bytes(choose.randrange(256) for _ in range(3000))
        stream = raw(EXEC, 7, shell) + raw(STDIN, 7, content) + raw(STDIN, 7) + raw(STDIN_EOF, 7)
        while stream:
            size = choose.choice((1, 1, 2, 3, 500))
            guest.ours.sendall(stream[:size])
            stream = stream[size:]
        self.assertEqual(content, guest.output(7).out)

    def test_what_is_malformed_ends_the_guest(self):
        text = data("x")
        exec_head = struct.pack(">BII", 0, OWN, OWN)
        cases = {
            "length 0": raw(EXEC, 1, length=0),
            "length 4": raw(EXEC, 1, length=4),
            "length 65542": raw(EXEC, 1, length=65542),
            "length 2^32-1": raw(EXEC, 1, length=0xFFFFFFFF),
            "unknown type": raw(0x17, 1),
            "an answer's type": raw(S_DATA, 1),
            "second hello": raw(HELLO, 0, b"\0\1"),
            "stream 0": raw(READ, 0, text + bytes(16)),
            "empty exec": raw(EXEC, 1),
            "no arguments": raw(EXEC, 1, exec_head + text + many([]) + many([]) + bytes(8)),
            "huge count": raw(EXEC, 1, exec_head + text + b"\xff\xff\xff\xff"),
            "huge bytes": raw(READ, 1, b"\xff\xff\xff\xff" + bytes(16)),
            "NUL in a path": raw(READ, 1, data("a\0b") + bytes(16)),
            "unknown limit": raw(EXEC, 1, exec_head + text + many("x") + many([]) + struct.pack(">HHIBQ", 0, 0, 1, 5, 0)),
            "something behind": raw(STAT, 1, many([]) + b"x"),
            "something missing": raw(SCAN, 1, bytes(10)),
            "unknown extent": raw(SCAN, 1, b"\3" + bytes(24)),
            "unknown kind": raw(WRITE, 1, b"\3" + bytes(4) + text + bytes(8)),
            "a folder with content": raw(WRITE, 1, b"\1" + bytes(4) + text + struct.pack(">Q", 1)),
            "more than announced": raw(WRITE, 1, bytes(5) + text + struct.pack(">Q", 1)) + raw(DATA, 1, b"xx"),
            "data for a reader": raw(FREEZE, 1) + raw(LISTEN, 2, b"\0\0") + raw(DATA, 2, b"x"),
            "an id in use": raw(LISTEN, 1, b"\0\0") * 2,
            "signal 0": raw(EXEC, 1, exec_head + data(".") + many(["cat"]) + many([]) + bytes(8)) + raw(SIGNAL, 1, b"\0"),
            "bye with content": raw(BYE, 0, b"x"),
        }
        for name, frames in cases.items():
            with self.subTest(name):
                guest = self.guest()
                guest.ours.sendall(frames)
                with self.assertRaises((Ended, ConnectionResetError)):
                    while True:
                        guest.frame()
                self.assertEqual(70, guest.process.wait(5))
                self.assertRegex(guest.process.stderr.read(), rb"\Aguest: frame: malformed.*\n\Z")

    def test_nothing_comes_before_hello(self):
        guest = self.guest(hello=False)
        guest.send(STAT, 1, many([]))
        self.assertEqual(70, guest.process.wait(5))

    def test_frames_for_streams_that_have_ended_are_ignored(self):
        guest = self.guest()
        stream = guest.start(["true"])
        guest.output(stream)
        for type, payload in ((STDIN, b"x"), (STDIN_EOF, b""), (SIGNAL, b"\x09"), (RESIZE, bytes(4)), (DATA, b"x"),
                              (CREDIT, bytes(4)), (DATA_END, b""), (CLOSE, b"")):
            guest.send(type, stream, payload)
        self.assertEqual(b"x\n", guest.shell("echo x").out)

    def test_more_than_the_credit_ends_the_guest(self):
        guest = self.guest()
        stream = guest.start(["sleep", "1000"], flags=2)
        for _ in range(5):
            guest.send(STDIN, stream, bytes(60000))
        self.assertEqual(b"x\n", guest.shell("echo x").out)
        for _ in range(2):
            guest.send(STDIN, stream, bytes(60000))
        with self.assertRaises((Ended, ConnectionResetError)):
            while True:
                guest.frame()

    def test_output_waits_for_credit_and_stalls_nobody(self):
        guest = self.guest()
        guest.give_credit = False
        stream = guest.start(["yes"])
        for _ in range(20):
            self.assertEqual(b"x\n", guest.shell("echo x").out)
        received = sum(len(payload) for type, payload in guest.kept[stream] if type == STDOUT)
        self.assertTrue(0 < received < WINDOW + 65536)
        guest.send(CREDIT, stream, struct.pack(">I", 1000000))
        more = 0
        while more < 1000000 - (received - WINDOW):
            more += len(guest.frame_of(stream)[1])
        self.assertLess(more, 1000000 + 65536)

    def test_too_many_streams_are_refused_and_the_rest_goes_on(self):
        guest = self.guest()
        listener = guest.open(LISTEN, bytes(2))
        streams = [guest.open(ACCEPT, struct.pack(">I", listener)) for _ in range(1100)]
        self.refused(errno.EAGAIN, "stream", guest.answers, streams[-1])
        guest.send(CLOSE, listener)
        self.refused(errno.ECANCELED, "accept", guest.answers, streams[0])
        self.assertEqual(b"x\n", guest.shell("echo x").out)


class Ends(GuestCase):
    def survivors(self, end):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "setsid sleep 1000 & echo $!; sleep 1000"])
        guest.started(stream)
        pid = int(guest.frame_of(stream)[1])
        end(guest)
        code = guest.process.wait(5)
        self.assertFalse(eventually(lambda: os.path.exists(f"/proc/{pid}"), 0))
        return code

    def test_bye_ends_everything_and_is_answered(self):
        self.assertEqual(0, self.survivors(Client.bye))

    def test_the_end_of_the_stream_ends_everything(self):
        self.assertEqual(0, self.survivors(lambda guest: guest.ours.close()))

    def test_a_malformed_frame_ends_everything(self):
        self.assertEqual(70, self.survivors(lambda guest: guest.ours.sendall(bytes(9))))

    def test_as_init_it_ends_with_everything(self):
        guest = self.as_init("--root", str(self.root))
        self.assertEqual(b"1\n", guest.shell("cut -d' ' -f4 /proc/$PPID/stat").out)
        guest.start(["sh", "-c", "trap '' TERM HUP; while :; do sleep 1000 & sleep 1000; done"])
        guest.bye()
        self.assertEqual(0, guest.process.wait(5))

    def test_nothing_inside_can_end_it(self):
        guest = self.as_init("--root", str(self.root))
        guest.shell("for s in KILL STOP TERM INT HUP CHLD PIPE SEGV; do kill -$s 1; done")
        self.assertEqual(b"x\n", guest.shell("echo x").out)

    def test_a_host_that_stops_reading_is_waited_for_in_bounded_memory(self):
        guest = self.guest()
        for _ in range(200000):
            try:
                guest.ours.settimeout(0.2)
                guest.open(STAT, many(["x" * 200]))
            except TimeoutError:
                break
        else:
            self.fail("the guest takes requests without end")
        with open(f"/proc/{guest.process.pid}/statm") as statm:
            self.assertLess(int(statm.read().split()[1]) * 4096, 16 << 20)


class Start(GuestCase):
    def test_a_fault_at_the_start_is_one_line_and_status_70(self):
        cases = {("--root", "/no/such"): "guest: root: No such file or directory\n",
                 ("--root", "/tmp", "--upper", "/no/such"): "guest: upper: No such file or directory\n",
                 ("--root", "/tmp", "--detach", "/no/such"): "guest: detach: No such file or directory\n",
                 ("--root",): "guest: options: --root is unknown, incomplete or one too many\n",
                 ("--root", "/tmp", "--become", "1", "-1"):
                     "guest: options: -1 is unknown, incomplete or one too many\n",
                 ("--wrong", "x"): "guest: options: --wrong is unknown, incomplete or one too many\n",
                 ("--root", "/tmp", "--mount-overlay", "/a,b", "/c", "/d"): "guest: overlay: Invalid argument\n"}
        for options, line in cases.items():
            with self.subTest(options):
                answer = command(GUEST, *options)
                self.assertEqual((70, "", line), (answer.returncode, answer.stdout, answer.stderr))

    def test_detached_layers_are_out_of_sight_but_scanned(self):
        for name in ("layers/lower", "layers/upper", "layers/work"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "layers/lower/file").write_text("x")
        command("mount", "--bind", str(self.folder / "layers"), str(self.folder / "layers"))
        try:
            guest = self.as_init("--root", str(self.root), "--detach", str(self.folder / "layers"), "--drop",
                                 "--mount-overlay", *(str(self.folder / "layers" / name)
                                                      for name in ("lower", "upper", "work")))
            guest.scan(0)
            self.assertEqual(0, guest.shell("echo y > file; ! grep ' /layers ' /proc/self/mountinfo").value)
            self.assertEqual(b"y\n", guest.scan(1)[0][b"file"][1])
        finally:
            command("umount", str(self.folder / "layers"))


class Dropped(GuestCase):
    def setUp(self):
        super().setUp()
        self.guest_with = self.guest
        self.guest = self.as_init("--root", str(self.root), "--drop")

    def test_no_capability_and_no_way_to_get_one(self):
        end = self.guest.shell("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status | sort")
        zero = "0000000000000000"
        self.assertEqual(["CapAmb:", zero, "CapBnd:", zero, "CapEff:", zero, "CapInh:", zero, "CapPrm:", zero,
                          "NoNewPrivs:", "1", "Seccomp:", "2"], end.out.decode().split())

    def test_the_files_of_the_kernel_are_covered(self):
        ordinary = self.guest_with("--root", str(self.root), "--drop")
        for guest in (self.guest, ordinary):
            end = guest.shell("for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /proc/sysrq-trigger; "
                              "do [ -e $f ] && (: >> $f); done 2>&1")
            self.assertRegex(end.out, rb"core_pattern: Read-only file system\n.*hostname: Read-only file system\n")
        self.assertTrue(os.access("/proc/sys/kernel/core_pattern", os.W_OK))

    def call(self, number, *arguments):
        """The error number of a system call that is made inside."""
        end = self.guest.run(["python3", "-c", "import ctypes, sys\nlibc = ctypes.CDLL(None, use_errno=True)\n"
                              f"print(ctypes.get_errno() if libc.syscall(*{(number, *arguments)}) < 0 else 0)"])
        return int(end.out) if end.how == 0 else -end.value

    @unittest.skipUnless(os.uname().machine == "x86_64" and "aarch64" not in GUEST, "numbers of x86_64")
    def test_refused_calls(self):
        refused = {"mount": 165, "umount2": 166, "pivot_root": 155, "unshare": 272, "setns": 308, "bpf": 321,
                   "perf_event_open": 298, "userfaultfd": 323, "io_uring_setup": 425, "keyctl": 250, "add_key": 248,
                   "request_key": 249, "kexec_load": 246, "kexec_file_load": 320, "init_module": 175,
                   "open_by_handle_at": 304, "iopl": 172, "reboot": 169, "swapon": 167, "acct": 163, "quotactl": 179,
                   "syslog": 103, "fsopen": 430, "open_tree": 428, "mount_setattr": 442, "chroot": 161,
                   "pidfd_getfd": 438, "modify_ldt": 154, "no such call": 400}
        self.assertEqual({name: errno.EPERM for name in refused},
                         {name: self.call(number, 0, 0, 0, 0, 0) for name, number in refused.items()})
        self.assertEqual(errno.ENOSYS, self.call(435, 0, 0))
        self.assertEqual(errno.ENOSYS, self.call(463, 0, 0))
        self.assertEqual(errno.EPERM, self.call(56, 0x10000000, 0, 0, 0, 0))
        self.assertEqual(errno.EPERM, self.call(16, 0, 0x5412, 0))
        self.assertEqual(errno.EPERM, self.call(16, 0, 0x7777777700005412, 0))
        self.assertEqual(errno.EPERM, self.call(135, 0x0400000))
        self.assertEqual(0, self.call(135, 0xFFFFFFFF))
        self.assertEqual(-signal.SIGSYS, self.call(0x40000000 + 39))

    def test_sockets_of_few_families(self):
        families = {"unix": (1, 1, 0), "four": (2, 1, 0), "six": (10, 1, 0), "routing": (16, 3, 0),
                    "netfilter": (16, 3, 12), "packet": (17, 3, 0), "vsock": (40, 1, 0), "alg": (38, 5, 0)}
        script = ("import socket\n" f"for name, what in {families}.items():\n try: socket.socket(*what); print(name)\n"
                  " except OSError as e: assert e.errno == 97, e")
        self.assertEqual(b"unix\nfour\nsix\nrouting\n", self.guest.run(["python3", "-c", script]).out)

    def test_ordinary_work_goes_on(self):
        end = self.guest.shell("python3 -c 'import threading, subprocess; t = threading.Thread(target=lambda: "
                               "print(subprocess.run([\"echo\", \"hi\"], capture_output=True).stdout)); t.start(); "
                               "t.join()'; perl -e 'print fork ? wait > 0 : exit'; git --version >/dev/null && echo ok")
        self.assertEqual((b"b'hi\\n'\n1ok\n", b""), (end.out, end.err))

    @unittest.skipUnless(os.path.exists("/usr/bin/gcc"), "needs gcc")
    def test_foreign_calls_are_deadly(self):
        (self.root / "i386.c").write_text("int main(void){int r; __asm__ volatile(\"int $0x80\":\"=a\"(r):\"a\"(20));"
                                          "return r > 0;}")
        if "aarch64" in GUEST or command("gcc", "-o", f"{self.root}/i386", f"{self.root}/i386.c").returncode:
            self.skipTest("x86_64 only")
        self.assertEqual((1, signal.SIGSYS), self.guest.run(["./i386"])[2:4])


if __name__ == "__main__":
    unittest.main()
