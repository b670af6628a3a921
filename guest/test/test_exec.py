import errno
import os
import pathlib
import signal
import struct
import time
import unittest

from case import AS_INIT, GuestCase
from client import *

PTY, KEEP_STDIN = 1, 2


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


class Commands(GuestCase):
    def test_output_errors_and_exit_code_arrive_apart(self):
        end = self.guest().shell("echo out; echo err >&2; exit 3")
        self.assertEqual(Output(b"out\n", b"err\n", 0, 3, 0), end)

    def test_a_signal_is_told_as_one(self):
        self.assertEqual(Output(b"", b"", 1, 11, 0), self.guest().shell("ulimit -c 0; kill -SEGV $$"))

    def on_small_disk(self, *options):
        """On a file system of 64 MB that nobody else uses."""
        mount = f"mount -t tmpfs -o size=64m,nr_inodes=20000 disk {self.root} && exec \"$@\""
        return self.guest("--root", str(self.root), *options, prefix=(*AS_INIT, "sh", "-c", mount, "sh"))

    def test_a_command_that_takes_too_much_of_the_disk_is_ended_with_all_that_it_has_started(self):
        guest = self.on_small_disk("--disk", str(20 << 20))
        end = guest.shell("(head -c 24M /dev/zero >a; sleep 60) & sleep 60")
        self.assertEqual((1, signal.SIGXFSZ), (end.how, end.value))
        self.assertEqual(1, guest.shell("grep -l sleep /proc/[0-9]*/comm").value)
        self.assertEqual(b"go on\n", guest.shell("rm a; sleep 0.3; echo go on").out)

    def test_a_part_of_the_disk_stays_free_in_bytes_and_in_files(self):
        guest = self.on_small_disk("--disk", str(1 << 40))
        end = guest.shell("for i in 1 2 3 4 5 6; do head -c 10M /dev/zero >$i; sleep 0.3; done")
        self.assertEqual((1, signal.SIGXFSZ), (end.how, end.value))
        guest.shell("rm *")
        slow = "import os, time\nfor i in range(30000):\n open(str(i), 'w').close()\n i % 1000 or time.sleep(0.15)"
        end = guest.run(["python3", "-c", slow])
        self.assertEqual((1, signal.SIGXFSZ), (end.how, end.value))

    def test_without_a_number_nobody_looks_at_the_disk(self):
        end = self.on_small_disk().shell("head -c 100M /dev/zero >a; sleep 0.5; exit 3")
        self.assertEqual((0, 3), (end.how, end.value))

    def test_what_cannot_start_is_named(self):
        guest = self.guest()
        self.refused(errno.ENOENT, "exec", guest.run, ["no-such-program"])
        self.refused(errno.ENOENT, "chdir", guest.run, ["true"], cwd="/no/such/folder")
        (self.root / "text").write_text("no program")
        self.refused(errno.EACCES, "exec", guest.run, ["./text"])

    def test_environment_and_folder_are_what_was_asked_for(self):
        (self.root / "sub").mkdir()
        end = self.guest().shell("pwd; env", cwd="sub", env={**PATH, "A": "b=c\n"})
        self.assertEqual(f"{self.root}/sub\n".encode(), end.out.splitlines(True)[0])
        self.assertIn(b"A=b=c\n", end.out)
        self.assertNotIn(b"HOME", end.out)

    def test_input_reaches_the_command_and_ends(self):
        guest = self.guest()
        stream = guest.start(["cat"], flags=KEEP_STDIN)
        content = os.urandom(1 << 20)
        received = 0
        for at in range(0, len(content), 50000):
            guest.send(STDIN, stream, content[at:at + 50000])
            received += 50000
            if received > WINDOW - 100000:
                type, payload = guest.frame_of(stream)
                while type != S_CREDIT:
                    guest.kept.setdefault("out", []).append((type, payload))
                    type, payload = guest.frame_of(stream)
                received -= struct.unpack(">I", payload)[0]
        guest.send(STDIN_EOF, stream)
        out = b"".join(p for t, p in guest.kept.pop("out", []) if t == STDOUT)
        self.assertEqual(content, out + guest.output(stream).out)

    def test_input_that_nobody_reads_is_taken_back(self):
        guest = self.guest()
        stream = guest.start(["sleep", "0.3"])
        guest.send(STDIN, stream, b"x" * 65536)
        self.assertEqual(0, guest.output(stream).value)
        stream = guest.start(["sh", "-c", "exec <&-; sleep 0.3"], flags=KEEP_STDIN)
        for _ in range(4):
            guest.send(STDIN, stream, b"x" * 65536)
        self.assertEqual(0, guest.output(stream).value)

    def test_the_command_sees_three_descriptors_and_no_signal_left(self):
        end = self.guest().shell("ls -l /proc/self/fd | wc -l; grep -E 'Sig(Blk|Ign)' /proc/self/status; umask")
        lines = end.out.decode().split()
        # 0, 1, 2, what ls reads, and the line of the total
        self.assertEqual(["5", "SigBlk:", "0000000000000000", "SigIgn:", "0000000000000000", "0022"], lines)

    def test_survivors_are_killed_and_counted(self):
        guest = self.guest()
        end = guest.shell("sleep 1000 & echo $!; (setsid sleep 1000 & echo $!); setsid sh -c 'sleep 1000 & wait' & :")
        first, second = map(int, end.out.split())
        self.assertGreaterEqual(end.survivors, 3)
        self.assertFalse(alive(first) or alive(second))

    def test_a_survivor_whose_first_thread_has_ended_is_none_the_less_one(self):
        guest = self.guest()
        end = guest.shell("python3 -c 'import ctypes, threading, time\n"
                          "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
                          "print(flush=True); ctypes.CDLL(None).pthread_exit(0)' & echo $!; sleep 0.5")
        pid = int(end.out.split()[0])
        self.assertEqual((0, 1), (end.value, end.survivors))
        self.assertFalse(os.path.exists(f"/proc/{pid}"))

    def test_a_child_that_holds_the_pipe_delays_nothing(self):
        guest = self.guest()
        began = time.monotonic()
        end = guest.shell("(trap '' HUP TERM; setsid sleep 1000) & echo done")
        self.assertEqual(b"done\n", end.out)
        self.assertLess(time.monotonic() - began, 2)

    def test_a_pipe_held_by_another_command_delays_nothing(self):
        guest = self.guest()
        os.mkfifo(self.root / "gate")
        holder = guest.start(["sh", "-c", "while ! [ -s pid ]; do :; done; exec 9>/proc/$(cat pid)/fd/1; "
                              "echo held > gate; sleep 1000"])
        end = guest.shell("echo $$ > pid; read line < gate; echo $line")
        self.assertEqual(b"held\n", end.out)
        guest.send(SIGNAL, holder, b"\x09")
        self.assertEqual((1, 9), guest.output(holder)[2:4])

    def test_everything_that_was_written_arrives_before_the_end(self):
        end = self.guest().shell("yes 0123456789abcde | head -c 5000000; kill -9 $$")
        self.assertEqual((5000000, 1, 9), (len(end.out), end.how, end.value))

    def test_a_signal_reaches_the_whole_tree(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "sh -c 'trap \"echo inner; exit\" USR1; echo ready; while :; do sleep 0.05; "
                              "done' & trap 'wait; echo outer; exit 7' USR1; wait"])
        self.assertEqual((STDOUT, b"ready\n"), [guest.frame_of(stream) for _ in range(2)][1])
        guest.send(SIGNAL, stream, bytes([signal.SIGUSR1]))
        end = guest.output(stream)
        self.assertEqual((b"inner\nouter\n", 0, 7), (end.out, end.how, end.value))

    def test_a_kill_right_behind_the_start_is_not_lost(self):
        guest = self.guest()
        for _ in range(20):
            stream = guest.start(["sleep", "1000"])
            guest.send(SIGNAL, stream, b"\x09")
            self.assertEqual((1, 9), guest.output(stream)[2:4])

    def test_close_kills_and_drops_the_output(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "sleep 1000 & echo $!; exec yes"])
        guest.started(stream)
        guest.send(CLOSE, stream)
        self.assertEqual(CLOSED, guest.answers(stream)[-1][0])
        self.assertEqual(b"still here\n", guest.shell("echo still here").out)

    def test_a_fork_bomb_ends(self):
        guest = self.as_init("--root", str(self.root))
        stream = guest.start(["sh", "-c", "b() { b | b & }; (b &); exec sleep 1000"], limits=[(2, 300)], uid=12345, gid=12345)
        guest.started(stream)
        time.sleep(0.3)
        guest.send(SIGNAL, stream, b"\x09")
        self.assertEqual((1, 9), guest.output(stream)[2:4])
        left = guest.shell("ls /proc | grep -c '^[0-9]'").out
        self.assertLessEqual(int(left), 6)

    def test_many_at_once(self):
        guest = self.guest()
        streams = [guest.start(["sh", "-c", f"echo {i}; exit {i % 100}"]) for i in range(200)]
        for i, stream in enumerate(streams):
            self.assertEqual((b"%d\n" % i, 0, i % 100), (lambda o: (o.out, o.how, o.value))(guest.output(stream)))

    def test_a_supervisor_that_is_killed_leaves_nothing_behind(self):
        guest = self.as_init("--root", str(self.root))
        end = guest.shell("trap '' TERM; sleep 1000 & kill -9 $PPID; sleep 1000")
        self.assertEqual((1, 9), (end.how, end.value))
        self.assertEqual(b"", guest.shell("grep -l sleep /proc/[0-9]*/comm").out)

    def test_a_supervisor_that_is_stopped_goes_on(self):
        end = self.guest().shell("kill -STOP $PPID; exit 5")
        self.assertEqual((0, 5), (end.how, end.value))

    def test_limits_hold(self):
        guest = self.guest()
        self.assertNotEqual(0, guest.shell("dd if=/dev/zero of=big bs=64k count=3", limits=[(1, 100000)]).value)
        self.assertEqual(100000, (self.root / "big").stat().st_size)
        self.assertEqual(b"x\n", guest.shell("echo x", limits=[(i, 2 ** 64 - 1) for i in range(5)]).out)
        self.assertEqual(b"77\n", guest.shell("ulimit -n", limits=[(3, 77)]).out)
        self.assertEqual((1, signal.SIGXCPU), guest.shell("while :; do :; done", limits=[(4, 1)])[2:4])
        self.assertNotEqual(0, guest.run(["python3", "-c", "x = bytearray(1 << 30)"], limits=[(0, 1 << 28)]).value)

    def test_another_user_has_no_other_groups(self):
        end = self.guest().shell("id -u; id -G", uid=12345, gid=54321, cwd="/")
        self.assertEqual(b"12345\n54321\n", end.out)

    def test_the_guest_is_out_of_reach_for_its_own_user(self):
        for user in ({}, {"uid": 12345}):
            os.chmod(self.folder, 0o755)
            prefix = () if not user else ("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups")
            guest = self.guest(prefix=prefix)
            end = guest.shell("g=$(cut -d' ' -f4 /proc/$PPID/stat); for p in $PPID $g; do "
                              "readlink /proc/$p/fd/0; cat /proc/$p/environ; done; echo end", cwd="/")
            if user:
                self.assertEqual(b"end\n", end.out)


    def test_no_descriptor_stays_behind(self):
        guest = self.guest()
        opened = lambda: len(os.listdir(f"/proc/{guest.process.pid}/fd"))
        guest.shell(":")
        before = opened()
        for flags in (0, KEEP_STDIN, PTY):
            guest.shell("echo x; sleep 1000 &", flags=flags)
        for type, payload in ((READ, data("no") + bytes(16)), (LIST, data("") + bytes(8)), (CONNECT, bytes(2)),
                              (SCAN, struct.pack(">BQQII", 1, 1, 0, 9, 9)), (WRITE, bytes(5) + data("x") + bytes(8))):
            try:
                guest.answers(guest.open(type, payload))
            except Failed:
                pass
        listener = guest.open(LISTEN, bytes(2))
        waiting = guest.open(ACCEPT, struct.pack(">I", listener))
        for stream in (waiting, listener):
            guest.send(CLOSE, stream)
            guest.answers(stream)
        self.assertEqual(before, eventually(lambda: opened() == before and before) or opened())


class Terminals(GuestCase):
    def test_a_terminal_has_the_size_and_takes_a_new_one(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "trap 'stty size; exit' WINCH; stty size; while :; do sleep 0.05; done"],
                             flags=PTY, rows=11, cols=22)
        out = b""
        while b"11 22" not in out:
            out += guest.frame_of(stream)[1]
        guest.send(RESIZE, stream, struct.pack(">HH", 33, 44))
        self.assertIn(b"33 44\r\n", guest.output(stream).out)

    def test_input_is_typed_and_ctrl_d_ends_it(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "tty; cat; echo end"], flags=PTY)
        guest.send(STDIN, stream, b"hello\n")
        guest.send(STDIN_EOF, stream)
        end = guest.output(stream)
        self.assertRegex(end.out, rb"\A(hello\r\n)?/dev/pts/\d+\r\n(hello\r\n)+end\r\n\Z")
        self.assertEqual((b"", 0), (end.err, end.value))

    def test_ctrl_c_interrupts(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "echo ready; exec sleep 1000"], flags=PTY)
        while guest.frame_of(stream) != (STDOUT, b"ready\r\n"):
            pass
        guest.send(STDIN, stream, b"\x03")
        self.assertEqual((1, 2), guest.output(stream)[2:4])

    def test_all_output_of_a_terminal_arrives(self):
        end = self.guest().shell("seq 1 20000", flags=PTY)
        self.assertEqual("".join(f"{i}\r\n" for i in range(1, 20001)).encode(), end.out)


class Freezing(GuestCase):
    def test_nothing_moves_until_the_thaw(self):
        guest = self.as_init("--root", str(self.root))
        stream = guest.start(["sh", "-c", "python3 -c 'import threading, time\nfor i in range(3):\n threading.Thread("
                              "target=lambda: [open(\"n\", \"a\").write(\"x\") for _ in iter(int, 1)], daemon=True)"
                              ".start()\ntime.sleep(1000)' & while :; do echo x >> m; done"])
        self.assertTrue(eventually(lambda: (self.root / "n").exists() and (self.root / "m").exists()))
        sizes = lambda: [(self.root / name).stat().st_size for name in "mn"]
        for _ in range(5):
            guest.freeze()
            before = sizes()
            time.sleep(0.05)
            self.assertEqual(before, sizes())
            guest.thaw()
            self.assertTrue(eventually(lambda: all(new > old for new, old in zip(sizes(), before))))
        guest.send(SIGNAL, stream, b"\x09")
        guest.output(stream)

    def test_a_command_waits_for_the_thaw(self):
        guest = self.guest()
        guest.freeze()
        guest.freeze()
        stream = guest.start(["cat"], flags=KEEP_STDIN)
        guest.send(STDIN, stream, b"later")
        guest.send(STDIN_EOF, stream)
        guest.thaw()
        self.assertEqual([], guest.stat())
        self.assertNotIn(stream, guest.kept)
        guest.thaw()
        self.assertEqual(b"later", guest.output(stream).out)

    def test_a_command_ends_while_frozen(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "sleep 1000 & sleep 1000"])
        guest.started(stream)
        guest.freeze()
        guest.send(SIGNAL, stream, b"\x09")
        self.assertEqual((1, 9), guest.output(stream)[2:4])
        guest.thaw()

    def test_what_was_stopped_before_stays_stopped(self):
        guest = self.guest()
        stream = guest.start(["sh", "-c", "sleep 1000 & kill -STOP $!; echo $!; wait"])
        guest.started(stream)
        pid = int(guest.frame_of(stream)[1])
        state = lambda: pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        self.assertTrue(eventually(lambda: state() == "T"))
        guest.freeze()
        guest.thaw()
        self.assertEqual("T", state())

    def test_a_parent_in_vfork_does_not_stall_a_freeze(self):
        guest = self.as_init("--root", str(self.root))
        stream = guest.start(["sh", "-c", "while :; do python3 -c 'import subprocess\n"
                              "for _ in range(100): subprocess.run([\"true\"])'; done"])
        guest.started(stream)
        for _ in range(50):
            guest.freeze()
            guest.thaw()
        guest.send(SIGNAL, stream, b"\x09")
        guest.output(stream)


if __name__ == "__main__":
    unittest.main()
