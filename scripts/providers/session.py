"""Runs ./safe-coder on an exercise and keeps of its report what must not depend on the model's server."""
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

PROMPT = "The test of this project fails. Mend it."
STUB = "def is_leap(year):\n    return year % 4 == 0\n"
TEST = """from leap import is_leap

assert is_leap(1996)
assert not is_leap(1997)
assert is_leap(2000)
assert not is_leap(1900), "a century is none"
print("ok")
"""
TURNS = [
    {"text": "I run the test.", "tool_calls": [{"name": "bash", "input": {"command": "python3 -B test_leap.py"}}]},
    {"text": "", "tool_calls": [
        {"name": "edit_file", "input": {
            "path": "leap.py",
            "old_string": "year % 4 == 0",
            "new_string": "year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)"}},
        {"name": "bash", "input": {"command": "python3 -B test_leap.py"}}]},
    {"text": "Mended: 1900 is no leap year.", "tool_calls": []},
]


class Trial:
    """A place for exercises, sessions and downloads; everything lies below its folder."""

    def __init__(self, root, folder, backend):
        self.root = root
        self.folder = folder
        self.backend = backend
        self.number = 0

    def project(self):
        self.number += 1
        project = self.folder / f"project-{self.number}"
        project.mkdir()
        (project / "leap.py").write_text(STUB)
        (project / "test_leap.py").write_text(TEST)
        return project

    def start(self, model, url=None, prompt=PROMPT, more=()):
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "JAVA_HOME", "DOCKER_HOST",
                       "XDG_RUNTIME_DIR", "SAFE_CODER_IMAGE") if name in os.environ}
        environment["SAFE_CODER_STATE"] = str(self.folder / "state")
        environment["SAFE_CODER_CONFIG"] = str(self.folder / "none.toml")
        if url:
            environment["SAFE_CODER_LLM_BASE_URL"] = url
            environment["SAFE_CODER_LLM_API_KEY"] = "sk-of-check-providers"
        return subprocess.Popen(
            [str(self.root / "safe-coder"), "run", "-p", prompt, "--output", "json", "--apply", "never",
             "--backend", self.backend, "--path", str(self.project()), "--model", model, *more],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, model, url=None, prompt=PROMPT, more=()):
        return Run(self.start(model, url, prompt, more))

    def script(self):
        """The same conversation without any server."""
        file = self.folder / "script.json"
        file.write_text(json.dumps({"turns": TURNS}))
        return self.run(f"script:{file}")


class Run:
    """What a process of ours left."""

    def __init__(self, process, limit=300):
        began = time.monotonic()
        try:
            self.out, self.err = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            self.out, self.err = process.communicate(timeout=30)
        self.seconds = time.monotonic() - began
        self.code = process.returncode
        try:
            self.report = json.loads(self.out)
        except ValueError:
            self.report = {}

    def essence(self):
        """What is the same with every provider: calls, checkpoints, changes, last words."""
        return {
            "calls": [(call["name"], call["input"], call["is_error"], call.get("exit_code"))
                      for call in self.report.get("tool_calls", [])],
            "checkpoints": [it["message"] for it in self.report.get("checkpoints", [])],
            "changes": self.report.get("changes", []),
            "text": self.report.get("text"),
            "outcome": self.report.get("outcome"),
        }

    def said(self):
        """The last thing that it told people, and how often it asked again."""
        lines = [line for line in self.err.splitlines() if line.startswith("safe-coder:")]
        return lines[-1] if lines else ""

    def repeats(self):
        return sum("asking again" in line for line in self.err.splitlines())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process, limit=60):
    """Returns when something answers there, whatever it answers."""
    end = time.monotonic() + limit
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"check-providers: nothing answers at {url}")


def table(rows):
    widths = [max(len(str(row[at])) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())
