import errno
import os
import stat
import struct
import subprocess
import unittest

from case import GUEST, GuestCase
from client import *

HOSTILE = [b"with space", b"new\nline", b"\xff\xfe", b"-rf", b"*", b"\x1b[2J", b"a" * 255, "ünïcode".encode()]


class ReadAndWrite(GuestCase):
    def test_what_was_written_is_read(self):
        guest = self.guest()
        content = os.urandom(1000000)
        self.assertEqual((1000000, 0), guest.write("deep/er/file", content))
        self.assertEqual(content, guest.read("deep/er/file"))
        self.assertEqual(content[10:30], guest.read("deep/er/file", 10, 20))
        self.assertEqual(b"", guest.read("deep/er/file", 1000000, 20))
        self.assertEqual(b"", guest.read("deep/er/file", 0, 0))
        self.assertEqual(["file"], os.listdir(self.root / "deep/er"))

    def test_names_may_be_any_bytes(self):
        guest = self.guest()
        for name in HOSTILE:
            guest.write(name, name)
            self.assertEqual(name, guest.read(name))
        self.assertEqual(sorted(HOSTILE), [one.path for one in guest.list()[0]])

    def test_an_absolute_path_is_one(self):
        guest = self.guest()
        guest.write(str(self.folder / "elsewhere"), b"x")
        self.assertEqual(b"x", (self.folder / "elsewhere").read_bytes())
        self.assertEqual(b"x", guest.read(str(self.folder / "elsewhere")))

    def test_modes(self):
        guest = self.guest()
        mode = lambda name: stat.S_IMODE((self.root / name).lstat().st_mode)
        guest.write("new", b"1")
        guest.write("tool", b"1", mode=0o755)
        guest.write("tool", b"2")
        guest.write("empty", b"", mode=0o600)
        self.assertEqual([0o644, 0o755, 0o600], [mode(name) for name in ("new", "tool", "empty")])
        guest.write("folder", kind=1, mode=0o700)
        guest.write("folder/inner", kind=1)
        guest.write("folder", kind=1)
        self.assertEqual([0o700, 0o755], [mode(name) for name in ("folder", "folder/inner")])

    def test_a_symlink_replaces_what_was_there(self):
        guest = self.guest()
        guest.write("link", b"no link yet")
        for target in (b"first", b"/second/" + b"x" * 3000):
            guest.write("link", target, kind=2)
            self.assertEqual(target, os.readlink(os.fsencode(self.root / "link")))

    def test_a_write_goes_through_a_link_and_keeps_it(self):
        guest = self.guest()
        (self.root / "sub").mkdir()
        (self.root / "sub/real").write_text("old")
        os.symlink("sub/link", self.root / "link")
        os.symlink("real", self.root / "sub/link")
        os.symlink(self.root / "sub/new", self.root / "dangling")
        guest.write("link", b"new")
        guest.write("dangling", b"made")
        self.assertEqual("new", (self.root / "sub/real").read_text())
        self.assertEqual("made", (self.root / "sub/new").read_text())
        self.assertTrue((self.root / "link").is_symlink() and (self.root / "dangling").is_symlink())
        os.symlink("loop", self.root / "loop")
        self.refused(errno.ELOOP, "open", guest.write, "loop", b"x")

    def test_a_reader_sees_the_old_file_or_the_new_one(self):
        guest = self.guest()
        guest.write("file", b"old")
        with open(self.root / "file") as reader:
            stream = guest.open(WRITE, struct.pack(">BI", 0, OWN) + data("file") + struct.pack(">Q", 6))
            guest.send(DATA, stream, b"new")
            self.assertEqual(b"old", guest.read("file"))
            guest.send(CLOSE, stream)
            self.assertEqual(CLOSED, guest.answers(stream)[-1][0])
            self.assertEqual((["file"], "old"), (os.listdir(self.root), reader.read()))

    def test_refusals_say_what_and_why(self):
        guest = self.guest()
        (self.root / "folder").mkdir()
        os.mkfifo(self.root / "fifo")
        self.refused(errno.ENOENT, "open", guest.read, "missing")
        self.refused(errno.EISDIR, "read", guest.read, "folder")
        self.refused(errno.EINVAL, "read", guest.read, "fifo")
        self.refused(errno.EINVAL, "read", guest.read, "/dev/zero")
        self.refused(errno.EISDIR, "open", guest.write, "folder", b"x")
        self.refused(errno.EINVAL, "open", guest.write, "fifo", b"x")
        guest.write("file", b"x")
        self.refused(errno.ENOTDIR, "parents", guest.write, "file/below/it", b"x")
        self.refused(errno.ENOTDIR, "open", guest.list, "file")
        self.refused(errno.ENOENT, "symlink", guest.write, "link", b"", kind=2)
        self.refused(errno.EEXIST, "mkdir", guest.write, "file", kind=1)
        self.refused(errno.ENOENT, "parents", guest.write, "")

    def test_a_full_disk_is_told_and_leaves_nothing(self):
        guest = self.as_init("--root", str(self.root))
        self.assertEqual(0, guest.shell("mkdir small; mount -t tmpfs -o size=64k none small").value)
        self.refused(errno.ENOSPC, "write", guest.write, "small/file", b"x" * 200000)
        self.assertEqual(([], (0, 0)), guest.list("small"))

    def test_a_reader_without_credit_stalls_nobody(self):
        guest = self.guest()
        (self.root / "big").write_bytes(bytes(10 << 20))
        guest.give_credit = False
        stream = guest.open(READ, data("big") + struct.pack(">QQ", 0, 1 << 40))
        for _ in range(10):
            self.assertEqual(b"x\n", guest.shell("echo x").out)
        received = sum(len(payload) for type, payload in guest.kept[stream] if type == S_DATA)
        self.assertTrue(WINDOW <= received < WINDOW + 65536, received)
        guest.give_credit = True
        guest.send(CREDIT, stream, struct.pack(">I", 1 << 30))
        rest = sum(len(payload) for type, payload in guest.answers(stream) if type == S_DATA)
        self.assertEqual(10 << 20, rest)


class Looking(GuestCase):
    def setUp(self):
        super().setUp()
        for path in ("b/c/d", "b-x"):
            (self.root / path).mkdir(parents=True)
        (self.root / "b/c/file").write_text("123")
        os.symlink("b", self.root / "a-link")
        os.mkfifo(self.root / "b/fifo")

    def test_a_list_goes_as_deep_as_asked_in_the_order_of_names(self):
        guest = self.guest()
        seen = lambda *asked: [(one.kind, one.path) for one in guest.list(*asked)[0]]
        self.assertEqual([(LINK, b"a-link"), (FOLDER, b"b"), (FOLDER, b"b-x")], seen(""))
        self.assertEqual([(FOLDER, b"b/c"), (FIFO, b"b/fifo")], seen("b", 1))
        self.assertEqual([(FOLDER, b"b/c"), (FOLDER, b"b/c/d"), (FILE, b"b/c/file"), (FIFO, b"b/fifo")], seen("b/", 9))

    def test_a_path_may_be_long_but_not_too_long(self):
        guest = self.guest()
        self.assertEqual(3, len(guest.list("./" * 15000)[0]))
        self.refused(errno.ENAMETOOLONG, "open", guest.list, "./" * 16000)

    def test_a_list_that_was_cut_says_so(self):
        guest = self.guest()
        self.assertEqual((2, 1), guest.list("", 9, 2)[1])
        self.assertEqual((7, 0), guest.list("", 9, 7)[1])

    def test_links_are_not_followed(self):
        guest = self.guest()
        self.refused(errno.ENOTDIR, "open", guest.list, "a-link")
        self.assertEqual([LINK, GONE, GONE], [one.kind for one in guest.stat("a-link", "a-link/c", "a-link/c/file")])

    def test_stat_answers_each_path_in_order(self):
        guest = self.guest()
        paths = ["b/c/file", "missing", "b", "b/fifo", "b/c/file/below", "/etc/passwd", "", "x" * 300 + "/y"]
        answers = guest.stat(*paths)
        self.assertEqual([path.encode() for path in paths], [one.path for one in answers])
        self.assertEqual([FILE, GONE, FOLDER, FIFO, GONE, FILE, FOLDER, UNREADABLE], [one.kind for one in answers])
        self.assertEqual((3, 1, 0o644), (answers[0].size, answers[0].links, answers[0].mode))


class Masking(GuestCase):
    def test_names_that_match_are_gone(self):
        for path in (".env", "x/.ENV.local", ".env.example", "id_rsa", "x/y/secret/deep/key", ".git/.env", "x/keep",
                     "locked/.env", "locked/keep"):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(path)
        os.symlink("/etc", self.root / "x/secret")
        os.chmod(self.root / "locked", 0o555)
        os.chmod(self.root / "x/y/secret/deep", 0)
        guest = self.guest(prefix=("setpriv", "--bounding-set=-all", "--inh-caps=-all"))
        gone = guest.mask(".env*", "!*.example", "id_?sa", "secret")
        self.assertEqual([b".env", b"id_rsa", b"locked/.env", b"x/.ENV.local", b"x/secret", b"x/y/secret"], gone)
        left = [one.path for one in guest.list("", 9)[0] if one.kind == FILE]
        self.assertEqual([b".env.example", b".git/.env", b"locked/keep", b"x/keep"], left)
        self.assertEqual(0o555, stat.S_IMODE((self.root / "locked").stat().st_mode))
        self.assertTrue(os.path.exists("/etc/passwd"))

    def test_patterns_are_not_more_than_they_say(self):
        for name in ("a.key", "akey", "key", "a.key.pub", "*"):
            (self.root / name).write_text("")
        guest = self.guest()
        self.assertEqual([b"a.key"], guest.mask("*.key"))
        self.assertEqual([b"key"], guest.mask("?*", "!a*", "!\\*", "!?"))
        self.assertEqual([], guest.mask())

    def test_named_paths_are_gone_whatever_they_are_called(self):
        for path in ("a/b/c", "a/keep", "d/e/f/g", "h"):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(path)
        os.symlink("d", self.root / "link")
        os.symlink("/etc", self.root / "etc")
        guest = self.guest()
        gone = guest.mask(paths=["a/b", "d/e/f/g", "missing", "missing/too", "h/below", "link/e", "etc/passwd", "etc"])
        self.assertEqual([b"a/b", b"d/e/f/g", b"etc"], gone)
        left = [one.path for one in guest.list("", 9)[0] if one.kind == FILE]
        self.assertEqual([b"a/keep", b"h"], left)
        self.assertTrue(os.path.exists("/etc/passwd"))
        for path in ("", ".", "a/.."):
            with self.assertRaises(Failed) as refused:
                guest.mask(paths=[path])
            self.assertEqual((errno.EINVAL, "open"), refused.exception.args)
        self.assertEqual([b"a/keep", b"h"], guest.mask("keep", paths=["h"]))

    def listed(self, *patterns, prefix=()):
        given = b"".join(pattern.encode() + b"\0" for pattern in patterns)
        return subprocess.run([*prefix, GUEST, "--list-masked", self.root], input=given, capture_output=True)

    def test_the_list_on_the_host_is_what_would_be_gone(self):
        patterns = (".env*", "!*.example", "id_?sa", "secret", "*.key")
        for path in (".env", "x/.ENV.local", ".env.example", "id_rsa", "x/y/secret/deep/.env", ".git/.env", "x/keep",
                     "x/\xe9\n.key", "many/a.key", *(f"many/{number}" for number in range(3000))):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(path)
        os.symlink("/etc", self.root / "x/secret")
        os.symlink("y", self.root / "x/folder")
        listed = self.listed(*patterns)
        self.assertEqual((0, b""), (listed.returncode, listed.stderr))
        self.assertTrue(listed.stdout.endswith(b"\0"))
        self.assertEqual(self.guest().mask(*patterns), sorted(listed.stdout[:-1].split(b"\0")))

    def test_no_list_is_better_than_one_that_may_be_short(self):
        (self.root / "open/locked").mkdir(parents=True)
        os.chmod(self.root / "open/locked", 0)
        drop = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--reuid=65534", "--clear-groups")
        os.chmod(self.folder, 0o755)
        listed = self.listed("a", prefix=drop)
        self.assertEqual((70, b"guest: open/locked: Permission denied\n"), (listed.returncode, listed.stderr))
        folder = self.root
        for _ in range(300):
            folder = folder / "d"
            folder.mkdir()
        self.assertEqual(70, self.listed("a").returncode)
        unended = subprocess.run([GUEST, "--list-masked", self.folder], input=b"a", capture_output=True)
        self.assertEqual(70, unended.returncode)


class Scanning(GuestCase):
    def changes(self, found):
        return {path: entry.kind for path, (entry, _) in found.items()}

    def test_a_delta_tells_what_differs_and_only_once(self):
        for name in ("same", "changed", "removed", "a/inner"):
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(name)
        guest = self.guest()
        self.assertEqual(({}, (0, 0)), guest.scan(0))
        self.assertEqual(({}, (0, 0)), guest.scan(1))
        (self.root / "changed").write_text("CHANGED")
        (self.root / "removed").unlink()
        (self.root / "a/new").write_bytes(b"")
        os.symlink("../outside", self.root / "a/link")
        found, done = guest.scan(1)
        self.assertEqual({b"a": FOLDER, b"a/link": LINK, b"a/new": FILE, b"changed": FILE, b"removed": GONE},
                         self.changes(found))
        self.assertEqual((b"CHANGED", b"../outside", None), tuple(found[x][1] for x in (b"changed", b"a/link", b"a/new")))
        self.assertEqual((5, 17), done)
        self.assertEqual({}, guest.scan(1)[0])
        self.assertEqual(found, guest.scan(2)[0])
        (self.root / "removed").write_text("back")
        os.chmod(self.root / "same", 0o755)
        found, _ = guest.scan(1)
        self.assertEqual({b"removed": FILE, b"same": FILE}, self.changes(found))
        self.assertEqual({b"a", b"a/link", b"a/new", b"changed", b"removed", b"same"}, set(guest.scan(2)[0]))
        guest.scan(0)
        self.assertEqual({}, guest.scan(2)[0])

    def test_a_folder_that_becomes_something_else_takes_its_content_with_it(self):
        (self.root / "d/e").mkdir(parents=True)
        (self.root / "d/e/f").write_text("x")
        (self.root / "d.txt").write_text("x")
        guest = self.guest()
        guest.scan(0)
        guest.shell("rm -r d; ln -s /etc d")
        self.assertEqual({b"d": LINK, b"d/e": GONE, b"d/e/f": GONE}, self.changes(guest.scan(1)[0]))
        self.assertEqual({}, guest.scan(1)[0])
        guest.shell("rm d; mkdir d; echo y > d/e")
        self.assertEqual({b"d": FOLDER, b"d/e": FILE}, self.changes(guest.scan(1)[0]))

    def test_every_kind_has_its_number_and_hostile_names_pass(self):
        guest = self.as_init("--root", str(self.root))
        guest.scan(0)
        for name in HOSTILE:
            (self.root / os.fsdecode(name)).write_bytes(name)
        guest.shell("mkfifo fifo; mknod char c 1 3; mknod block b 7 99; mkdir folder; ln -s /etc/passwd link; "
                    "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'; truncate -s 2M large; "
                    "ln folder/../large other")
        found, _ = guest.scan(1)
        kinds = self.changes(found)
        for name in HOSTILE:
            self.assertEqual(name, found[name][1])
            kinds.pop(name)
        self.assertEqual({b"fifo": FIFO, b"char": CHARACTER, b"block": BLOCK, b"folder": FOLDER, b"link": LINK,
                          b"socket": SOCKET, b"large": TOO_LARGE, b"other": TOO_LARGE}, kinds)
        self.assertEqual(2, found[b"large"][0].links)
        self.assertEqual((None, b"/etc/passwd"), (found[b"large"][1], found[b"link"][1]))

    def test_locked_modes_are_lifted_and_put_back(self):
        self.lift_and_put_back(self.guest(prefix=("setpriv", "--bounding-set=-all", "--inh-caps=-all")))

    def test_another_user_lifts_its_own_modes(self):
        os.chmod(self.folder, 0o755)
        os.chown(self.root, 12345, 12345)
        self.lift_and_put_back(self.guest(prefix=("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups")))

    def lift_and_put_back(self, guest):
        guest.scan(0)
        guest.shell("mkdir -p d/e; echo x > d/e/f; echo y > g; chmod 0 d/e/f d/e g; chmod 0400 d")
        found, _ = guest.scan(1)
        self.assertEqual({b"d": 0o400, b"d/e": 0, b"d/e/f": 0, b"g": 0}, {p: e.mode for p, (e, _) in found.items()})
        self.assertEqual((b"x\n", b"y\n"), (found[b"d/e/f"][1], found[b"g"][1]))
        self.assertEqual("400 0\n", guest.shell("stat -c %a d g | xargs").out.decode())
        self.assertEqual({}, guest.scan(1)[0])
        self.assertEqual(found, guest.scan(2)[0])

    def test_what_stays_locked_is_told_and_not_taken_for_gone(self):
        os.chmod(self.folder, 0o755)
        os.chmod(self.root, 0o777)
        (self.root / "mine").mkdir()
        (self.root / "mine/file").write_text("x")
        (self.root / "single").write_text("x")
        guest = self.guest(prefix=("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"))
        guest.scan(0)
        os.chmod(self.root / "mine", 0o700)
        os.chmod(self.root / "single", 0o600)
        self.assertEqual({b"mine": NOT_ENTERED, b"single": UNREADABLE}, self.changes(guest.scan(1)[0]))
        self.assertEqual({}, guest.scan(1)[0])

    def test_git_is_one_entry_without_content(self):
        guest = self.guest()
        guest.scan(0)
        guest.shell("mkdir -p .git/hooks sub/.GIT; echo x > .git/hooks/pre-commit; echo y > sub/.GIT/z; "
                    "mkdir m l; echo 'gitdir: /x' > m/.git; ln -s /x l/.git")
        found, _ = guest.scan(1)
        self.assertEqual({b".git": FOLDER, b"sub": FOLDER, b"sub/.GIT": FOLDER, b"m": FOLDER, b"m/.git": FILE,
                          b"l": FOLDER, b"l/.git": LINK}, self.changes(found))
        self.assertEqual({None}, {content for _, content in found.values()})

    def test_budgets_refuse_the_whole_scan(self):
        guest = self.guest()
        guest.scan(0)
        guest.shell("for i in 1 2 3; do echo 0123456789 > $i; done; mkdir -p a/b/c; echo x > a/b/c/d")
        self.refused(errno.E2BIG, "entries", guest.scan, 1, most_entries=6)
        self.refused(errno.E2BIG, "bytes", guest.scan, 1, most_total=34)
        found, done = guest.scan(1, most_depth=2, most_entries=5, most_total=33)
        self.assertEqual(NOT_ENTERED, found[b"a/b"][0].kind)
        self.assertEqual((5, 33), done)
        self.assertEqual({b"a/b/c": FOLDER, b"a/b/c/d": FILE}, self.changes(guest.scan(1)[0]))

    def test_a_deep_tree_is_cut_and_does_no_harm(self):
        guest = self.guest()
        guest.scan(0)
        guest.run(["python3", "-c", "import os\nfor i in range(2000):\n os.mkdir('d' * 200); os.chdir('d' * 200)"])
        found, _ = guest.scan(1, most_depth=1 << 31)
        self.assertEqual(NOT_ENTERED, list(found.values())[-1][0].kind)
        self.assertLess(len(found), 257)
        self.assertEqual(0, guest.shell("rm -rf d*").value)

    def test_an_abandoned_scan_does_not_count(self):
        guest = self.guest()
        guest.scan(0)
        (self.root / "big").write_bytes(bytes(1 << 20))
        guest.give_credit = False
        stream = guest.open(SCAN, struct.pack(">BQQII", 1, 1 << 30, 1 << 30, 10, 10))
        self.refused(errno.EBUSY, "scan", guest.scan, 1)
        guest.send(CLOSE, stream)
        self.assertEqual(CLOSED, guest.answers(stream)[-1][0])
        guest.give_credit = True
        self.assertEqual({b"big"}, set(guest.scan(1)[0]))


class Overlay(GuestCase):
    def setUp(self):
        super().setUp()
        self.layers = self.overlay({"same": b"same", "d/one": b"1", "d/two": b"2", "e/three": b"3", "gone": b"x",
                                    ".env": b"secret", "c/deep/file": b"f"})

    def kinds(self, what=1):
        return {path: entry.kind for path, (entry, _) in self.layers.scan(what)[0].items()}

    def test_the_truth_is_the_merged_view(self):
        guest = self.layers
        self.assertEqual({}, self.kinds())
        self.assertEqual([b".env"], guest.mask(".env"))
        guest.scan(0)
        self.assertEqual({}, self.kinds())
        guest.shell("rm gone; echo changed > d/one; rm -r e; mkdir e; echo n > e/new; echo x > c/deep/new")
        found, _ = guest.scan(1)
        self.assertEqual({b"c": FOLDER, b"c/deep": FOLDER, b"c/deep/new": FILE, b"d": FOLDER, b"d/one": FILE,
                          b"e": FOLDER, b"e/new": FILE, b"gone": GONE}, {p: e.kind for p, (e, _) in found.items()})
        self.assertEqual([b"changed\n", b"n\n"], [found[path][1] for path in (b"d/one", b"e/new")])
        self.assertEqual([GONE], [one.kind for one in guest.stat("e/three")])
        self.assertEqual({}, self.kinds())
        self.assertEqual(set(found) | {b".env"}, set(guest.scan(2)[0]))

    def test_parents_come_before_a_change_in_a_folder_that_did_not_change(self):
        self.layers.shell("echo 1 > c/deep/file; echo 1 > d/new")
        self.kinds()
        self.layers.shell("echo 22 > c/deep/file")
        self.assertEqual([b"c", b"c/deep", b"c/deep/file"], list(self.layers.scan(1)[0]))

    def test_what_was_made_and_removed_again_is_gone(self):
        self.layers.shell("echo x > made; mkdir -p n/m; echo y > n/m/o; echo 1 > d/one")
        self.kinds()
        self.layers.shell("rm -r made n; rm d/one")
        self.assertEqual({b"made": GONE, b"n": GONE, b"n/m": GONE, b"n/m/o": GONE, b"d": FOLDER, b"d/one": GONE},
                         self.kinds())
        self.assertEqual({}, self.kinds())

    def test_moves_and_locked_folders(self):
        self.layers.shell("mv d moved; chmod 0 moved; mv same d")
        found, _ = self.layers.scan(1)
        self.assertEqual({b"d": FILE, b"moved": FOLDER, b"moved/one": FILE, b"moved/two": FILE, b"same": GONE},
                         {p: e.kind for p, (e, _) in found.items()})
        self.assertEqual(0, found[b"moved"][0].mode)

    def test_the_lower_layer_is_untouched(self):
        self.layers.shell("rm -rf ./* .env; echo x > same")
        self.assertEqual(b"same", (self.folder / "lower/same").read_bytes())
        self.assertEqual(b"secret", (self.folder / "lower/.env").read_bytes())


if __name__ == "__main__":
    unittest.main()
