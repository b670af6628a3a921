"""An MCP server of the tests: python3 SERVER.py MODE. Needs nothing but Python's core."""
import os
import sys
import time

mode = sys.argv[1] if len(sys.argv) > 1 else "good"


def json(value):
    if isinstance(value, dict):
        return "{%s}" % ",".join(json(k) + ":" + json(v) for k, v in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(json(v) for v in value)
    if isinstance(value, str):
        return '"%s"' % "".join(c if " " <= c <= "~" and c not in '"\\' else escape(c) for c in value)
    return repr(value) if type(value) is int else str(value).lower()


def escape(c):
    return "\\u%04x" % ord(c)


def parse(line):
    return eval(line, {"true": True, "false": False, "null": None})


def send(**message):
    sys.stdout.write(json({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def tool(name, **more):
    return {"name": name, "description": "Tool " + name, "inputSchema": {"type": "object"}, **more}


def tools(cursor):
    if mode == "clash":
        return {"tools": [tool("a.b"), tool("a b"), tool("x" * 80), tool("x" * 80 + "y")]}
    if mode == "many":
        return {"tools": [tool("t%d" % n) for n in range(300)]}
    if mode == "odd":
        return {"tools": [tool("true", inputSchema=True), tool("huge", inputSchema={
            "type": "object", "description": "x" * 40000}), {}, tool("half\ud800", description="\ud800\0")]}
    if mode == "pages":
        page = int(cursor or 0)
        return {"tools": [tool("p%d" % page)], **({"nextCursor": str(page + 1)} if page < 2 else {})}
    return {"tools": [tool("write", annotations={"readOnlyHint": True}), tool("say"), tool("fail"),
                      tool("hang"), tool("die"), tool("mixed"), tool("seen")]}


seen = []


def call(id, name, given):
    if name == "hang":
        seen.append(id)
        return
    if name == "die":
        sys.stderr.write("key %s is wrong\n" % os.environ.get("TOKEN"))
        sys.stderr.flush()
        os._exit(3)
    if name == "fail":
        send(id=id, result={"content": [{"type": "text", "text": "no such row"}], "isError": True})
        return
    if name == "mixed":
        send(id=id, result={"content": [
            {"type": "image", "mimeType": "image/png", "data": "AAAA"},
            {"type": "resource", "resource": {"uri": "file:///a", "text": "of a resource"}},
            {"type": "resource_link", "uri": "file:///b"}]})
        return
    if name == "write":
        open(given["path"], "w").write(given["text"])
        text = "written"
    elif name == "seen":
        text = " ".join(cancelled)
    else:
        text = given.get("text", "") * given.get("times", 1)
    send(id=id, result={"content": [{"type": "text", "text": text}]})


cancelled = []
if mode == "banner":
    print("Welcome to the server!", flush=True)
if mode == "die":
    sys.stderr.write("no module named x; TOKEN=%s\n" % os.environ.get("TOKEN"))
    sys.exit(3)
if mode == "deaf":
    time.sleep(600)
if mode == "line":
    while True:
        sys.stdout.write("x" * 65536)
if mode == "flood":
    while True:
        send(method="notifications/message", params={"data": "x" * 60000})
if mode == "child":
    if os.fork() == 0:
        open(sys.argv[2], "w").write(str(os.getpid()))
        time.sleep(600)

for line in sys.stdin:
    if mode == "mute":
        continue
    if mode == "garbage":
        print("I got " + line[:20], flush=True)
        continue
    message = parse(line)
    method, id = message.get("method"), message.get("id")
    if method == "initialize":
        if mode == "asks":
            send(id="s1", method="ping")
            send(id=7, method="sampling/createMessage", params={})
            answers = [parse(sys.stdin.readline()), parse(sys.stdin.readline())]
            assert answers[0] == {"jsonrpc": "2.0", "id": "s1", "result": {}}, answers
            assert answers[1]["id"] == 7 and answers[1]["error"]["code"] == -32601, answers
        if mode == "refuses":
            send(id=id, error={"code": 1, "message": "not today"})
            continue
        version = {"old": "2024-11-05", "new": "2026-07-28"}.get(mode, message["params"]["protocolVersion"])
        send(id=id, result={"protocolVersion": version, "capabilities": {"tools": {}},
                            "serverInfo": {"name": "test", "version": "1"}})
    elif method == "tools/list":
        send(id=id, result=tools(message["params"].get("cursor")))
    elif method == "tools/call":
        call(id, message["params"]["name"], message["params"]["arguments"])
    elif method == "notifications/cancelled":
        cancelled.append(str(message["params"]["requestId"] in seen))
