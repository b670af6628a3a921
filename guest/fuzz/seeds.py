"""Writes one valid request of each kind into the folder that is named, for the fuzzer to begin with."""

import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "test"))
from client import *

COMMAND = struct.pack(">BII", 3, OWN, OWN) + data(".") + many(["a", "b"]) + many(["K=V"])
REQUESTS = [
    [(EXEC, COMMAND + struct.pack(">HHIBQ", 24, 80, 1, 1, 9)), (STDIN, b"x"), (STDIN_EOF, b""), (SIGNAL, b"\x0f"),
     (RESIZE, bytes(4)), (CREDIT, bytes(4)), (CLOSE, b"")],
    [(WRITE, struct.pack(">BI", 0, 0o644) + data("a/b") + struct.pack(">Q", 3)), (DATA, b"abc"),
     (READ, data("a/b") + struct.pack(">QQ", 0, 9)), (STAT, many(["a", "a/b", "c"]))],
    [(WRITE, struct.pack(">BI", 1, 0o755) + data("d/e") + bytes(8)), (LIST, data("d") + struct.pack(">II", 9, 9))],
    [(WRITE, struct.pack(">BI", 2, 0) + data("l") + struct.pack(">Q", 1)), (DATA, b"d"), (MASK, many(["*", "!d"]) + many([])),
     (MASK, many([]) + many(["a/b", "."]))],
    *([(SCAN, struct.pack(">BQQII", what, 99, 99, 99, 9)), (CLOSE, b"")] for what in range(3)),
    [(LISTEN, bytes(2)), (ACCEPT, struct.pack(">I", 1)), (DATA, b"x"), (DATA_END, b"")],
    [(CONNECT, struct.pack(">H", 1)), (DATA, b"x"), (DATA_END, b"")],
    [(FREEZE, b""), (THAW, b"")],
]

if __name__ == "__main__":
    for number, frames in enumerate(REQUESTS):
        # As the target frames them: [type][stream][length][payload]; an answer keeps its request's stream.
        content, stream = b"\1", 0
        for type, payload in frames:
            stream += type not in (STDIN, STDIN_EOF, SIGNAL, RESIZE, CREDIT, DATA, DATA_END, CLOSE)
            content += bytes([type, stream, len(payload)]) + payload
        (pathlib.Path(sys.argv[1]) / f"seed-{number}").write_bytes(content)
