"""Every provider's client against @copilotkit/aimock: strict, and with faults by chance."""
import http.client
import http.server
import json
import subprocess
import threading

from .session import TURNS, free_port, table, wait_for

VERSION = "1.43.0"
FAULTS = {
    "429, come back": ["--chaos-ratelimit", "0.4"],
    "500": ["--chaos-drop", "0.4"],
    "lost connection": ["--chaos-disconnect", "0.4"],
    "no JSON": ["--chaos-malformed", "0.4"],
}
PROVIDERS = {
    "anthropic": "",
    "openai": "/v1",
    "openai-compatible": "/v1",
    "ollama": "",
}


def check(trial):
    print(f"check-providers: npm installs @copilotkit/aimock {VERSION} into {trial.folder}:\n"
          "an independent server that speaks every provider's format, so that our tests' own server\n"
          "is not the only judge of our clients.")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts",
                    "--prefix", str(trial.folder), f"@copilotkit/aimock@{VERSION}"], check=True)
    fixtures = {provider: write_fixtures(trial, provider) for provider in PROVIDERS}
    wanted = trial.script()
    rows = [("provider", "faults", "exit", "asked again", "calls", "checkpoints", "as the script", "")]
    rows.append(row("script", "none", wanted, wanted))
    good = wanted.code == 0 and len(wanted.essence()["changes"]) == 1
    for faults, options in {"none": ["--strict"], **FAULTS}.items():
        for provider, path in PROVIDERS.items():
            with Server(trial, fixtures[provider], options) as server:
                run = trial.run(f"{provider}:some-model", server.url + path)
            rows.append(row(provider, faults, run, wanted))
            good &= kept(run, wanted, faults)
    table(rows)
    return good


def write_fixtures(trial, provider):
    """aimock numbers a turn by what the model said before; in Responses each call is an item of its own."""
    file = trial.folder / f"{provider}.json"
    items = 0
    all_fixtures = []
    for at, turn in enumerate(TURNS):
        all_fixtures.append(fixture(items if provider == "openai" else at, turn))
        items += len(turn["tool_calls"]) + (1 if turn["text"] else 0)
    file.write_text(json.dumps({"fixtures": all_fixtures}))
    return file


def fixture(at, turn):
    response = {"toolCalls": [{"name": call["name"], "arguments": call["input"]} for call in turn["tool_calls"]]}
    if turn["text"]:
        response["content"] = turn["text"]
    if not turn["tool_calls"]:
        response = {"content": turn["text"]}
    return {"match": {"turnIndex": at}, "response": response}


def kept(run, wanted, faults):
    """All of it; with faults it may also end with exit code 3 and all that was done before."""
    if run.code == 0:
        return run.essence() == wanted.essence()
    done = run.essence()["calls"]
    return faults != "none" and run.code == 3 and done == wanted.essence()["calls"][:len(done)]


def row(provider, faults, run, wanted):
    essence = run.essence()
    same = essence == wanted.essence()
    return (provider, faults, run.code, run.repeats(), len(essence["calls"]), len(essence["checkpoints"]),
            "yes" if same else "NO", "" if same else run.said())


class Server:
    """aimock behind a front that answers what only a real Ollama does."""

    def __init__(self, trial, fixtures, options):
        self.port = free_port()
        self.command = [str(trial.folder / "node_modules" / ".bin" / "llmock"), "-p", str(self.port),
                        "-f", str(fixtures), "--log-level", "silent", *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(f"http://127.0.0.1:{self.port}/", self.process)
        self.front = http.server.ThreadingHTTPServer(("127.0.0.1", 0), front(self.port))
        threading.Thread(target=self.front.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.front.server_port}"
        return self

    def __exit__(self, *_):
        self.front.shutdown()
        self.front.server_close()
        self.process.terminate()
        self.process.wait()


def front(port):
    class Front(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.path == "/api/show":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"capabilities": ["completion", "tools"], "model_info":'
                                 b' {"general.architecture": "x", "x.context_length": 32768}}')
                return
            behind = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            try:
                behind.request("POST", self.path, body, headers)
                answer = behind.getresponse()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection", "date", "server"):
                        self.send_header(name, value)
                self.end_headers()
                while piece := answer.read1(4096):
                    self.wfile.write(piece)
            except OSError:
                pass
            except http.client.HTTPException:
                pass
            self.close_connection = True

        def log_message(self, *_):
            pass

    return Front
