"""The seccomp filter of both architectures, run here instruction by instruction."""

import errno
import os
import struct
import subprocess
import unittest

ALLOW, KILL = "allow", "kill"
X86_64, AARCH64 = 0xC000003E, 0xC00000B7
WORD = 0xFFFFFFFF


def load(name):
    command = [*os.environ.get("EMULATOR_" + name, "").split(), os.environ["FILTER_" + name]]
    program = subprocess.run(command, capture_output=True, check=True).stdout
    return list(struct.iter_unpack("<HBBI", program))


def run(program, architecture, number, *arguments):
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(list(arguments) + [0] * 6)[:6])
    a = x = at = 0
    while True:
        code, yes, no, k = program[at]
        at += 1
        operand = x if code & 0x08 else k
        if code == 0x20:
            a = struct.unpack_from("<I", data, k)[0]
        elif code == 0x00:
            a = k
        elif code == 0x07:
            x = a
        elif code == 0x54:
            a &= k
        elif code in (0x74, 0x7C):
            a >>= operand
        elif code == 0x05:
            at += k
        elif code & 0x07 == 0x05:
            at += yes if {0x10: a == k, 0x20: a > k, 0x30: a >= k, 0x40: a & k != 0}[code & 0xF0] else no
        elif code == 0x06:
            return ALLOW if k == 0x7FFF0000 else KILL if k == 0x80000000 else k & 0xFFFF
        else:
            raise AssertionError(hex(code))


class Filter(unittest.TestCase):
    """Numbers: asm/unistd.h of x86_64, asm-generic/unistd.h of aarch64."""

    CALLS = {
        "x86_64": (X86_64, {"read": 0, "clone": 56, "fork": 57, "execve": 59, "socket": 41, "socketpair": 53,
                            "ioctl": 16, "personality": 135, "ptrace": 101, "mount": 165, "unshare": 272,
                            "setns": 308, "bpf": 321, "keyctl": 250, "init_module": 175, "kexec_file_load": 320,
                            "reboot": 169, "chroot": 161, "rseq": 334, "open_by_handle_at": 304, "umount2": 166,
                            "pivot_root": 155, "userfaultfd": 323, "perf_event_open": 298, "finit_module": 313}),
        "aarch64": (AARCH64, {"read": 63, "clone": 220, "execve": 221, "socket": 198, "socketpair": 199, "ioctl": 29,
                              "personality": 92, "ptrace": 117, "mount": 40, "unshare": 97, "setns": 268, "bpf": 280,
                              "keyctl": 219, "init_module": 105, "kexec_file_load": 294, "reboot": 142, "chroot": 51,
                              "rseq": 293, "open_by_handle_at": 265, "umount2": 39, "pivot_root": 41,
                              "userfaultfd": 282, "perf_event_open": 241, "finit_module": 273}),
    }
    EVERYWHERE = {"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
                  "move_mount": 429, "fsopen": 430, "fspick": 433, "pidfd_getfd": 438, "mount_setattr": 442,
                  "quotactl_fd": 443, "statmount": 457, "lsm_list_modules": 461}
    ALLOWED = {"read", "clone", "fork", "execve", "ptrace", "rseq"}

    def each(self):
        for name, (architecture, calls) in self.CALLS.items():
            with self.subTest(name):
                program = load(name)
                yield calls, architecture, lambda number, *more: run(program, architecture, number, *more)

    def test_only_the_named_calls_and_those_up_to_the_last_known_pass(self):
        for calls, _, ask in self.each():
            checked = {"socket", "socketpair", "ioctl", "personality"}
            for call, number in calls.items():
                if call not in checked:
                    self.assertEqual(ALLOW if call in self.ALLOWED else errno.EPERM, ask(number), call)
            for call, number in self.EVERYWHERE.items():
                self.assertEqual(errno.EPERM, ask(number), call)
            for number in (424, 434, 436, 437, 439, 444, 449, 452, 462):
                self.assertEqual(ALLOW, ask(number), number)
            self.assertEqual([errno.EPERM] * 2, [ask(number) for number in (400, 423)])
            self.assertEqual([errno.ENOSYS] * 4, [ask(number) for number in (435, 463, 1000, 0x3FFFFFFF)])

    def test_another_architecture_is_deadly(self):
        for calls, architecture, ask in self.each():
            program = load("x86_64" if architecture == X86_64 else "aarch64")
            for other in (X86_64, AARCH64, 0x40000003, 0x40000028):
                if other != architecture:
                    self.assertEqual(KILL, run(program, other, calls["read"]))
            self.assertEqual(KILL if architecture == X86_64 else errno.ENOSYS, ask(0x40000000 + calls["read"]))

    def test_namespaces_families_and_terminal_tricks_are_refused_by_their_arguments(self):
        for calls, _, ask in self.each():
            for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
                self.assertEqual(errno.EPERM, ask(calls["clone"], flag | 17))
            self.assertEqual(ALLOW, ask(calls["clone"], 0x003D0F00))
            for call in ("socket", "socketpair"):
                allowed = [family for family in range(64) if ask(calls[call], family, 1, 0) == ALLOW]
                self.assertEqual([1, 2, 10, 16], allowed)
                self.assertEqual(errno.EAFNOSUPPORT, ask(calls[call], 16, 3, 12))
            for high in (0, 1 << 32, 0x5412 << 32):
                self.assertEqual(errno.EPERM, ask(calls["ioctl"], 0, 0x5412 | high))
                self.assertEqual(errno.EPERM, ask(calls["ioctl"], 0, 0x541C | high))
            self.assertEqual(ALLOW, ask(calls["ioctl"], 0, 0x5413))
            allowed = [value for value in (0, 8, 0x20000, 0x40000, 0x60008, WORD) if
                       ask(calls["personality"], value) == ALLOW]
            self.assertEqual([0, 8, 0x20000, 0x40000, 0x60008, WORD], allowed)
            self.assertEqual(errno.EPERM, ask(calls["personality"], 0x400000))


if __name__ == "__main__":
    unittest.main()
