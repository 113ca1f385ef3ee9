# SPDX-License-Identifier: Apache-2.0
"""Times llama-server on the benchmark's requests with 8 clients; prints one line of JSON.

python3 server-client.py LLAMA-SERVER MODEL.gguf REQUESTS.json [TEXTS.json]

HONE_BENCH_SERVER may hold further arguments of llama-server.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 8


def post(port, path, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(),
        {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=600) as response:
        return json.load(response)


def wait_until_ready(port, server):
    for _ in range(600):
        if server.poll() is not None:
            sys.exit("error: llama-server ended at once")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("error: llama-server was not ready within a minute")


def cpu_seconds(pid):
    """Seconds of processor time so far; None where the system does not tell."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None


def main():
    binary, model, requests = sys.argv[1:4]
    with open(requests, encoding="utf-8") as file:
        work = json.load(file)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    threads = os.environ.get("HONE_BENCH_THREADS", str(os.cpu_count()))
    server = subprocess.Popen(
        [binary, "-m", model, "--port", str(port), "-np", str(CLIENTS), "-c", "8192",
         "-t", threads, "-tb", threads, "--no-webui",
         *os.environ.get("HONE_BENCH_SERVER", "").split()],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port, server)

        def ask(chat):
            answer = post(port, "/v1/chat/completions", {
                "messages": [{"role": "user", "content": chat}], "temperature": 0,
                "max_tokens": work["maxTokens"]})
            return answer["choices"][0]["message"]["content"], answer["usage"]["completion_tokens"]

        ask("Hello")
        began, cpu = time.monotonic(), cpu_seconds(server.pid)
        with ThreadPoolExecutor(CLIENTS) as clients:
            answers = list(clients.map(ask, work["chats"]))
        seconds = time.monotonic() - began
        used = None if cpu is None else cpu_seconds(server.pid) - cpu
        if len(sys.argv) > 4:
            with open(sys.argv[4], "w", encoding="utf-8") as out:
                json.dump([text for text, _ in answers], out)
        print(json.dumps({"seconds": seconds, "cpuSeconds": used, "requests": len(answers),
                          "completionTokens": sum(count for _, count in answers)}))
    finally:
        server.terminate()
        server.wait()


main()
