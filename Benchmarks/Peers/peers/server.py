# SPDX-License-Identifier: Apache-2.0
"""llama-server with the model's file, started when it is first needed."""
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

from .methods import MODEL
from .remembering import RememberingProxy


def cores():
    """Those this command may use, so that `taskset` can put two commands beside each other."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """A server behind a proxy that remembers answers, in `memory`, so that a cell does not ask again
    what another one asked. What is remembered is answered, counted and charged as it was.

    It has four slots for each of `cells` searches that ask at once. The slots share one memory, since a
    server that keeps them apart takes another pass for every prompt that is read beside answers."""

    def __init__(self, hone, program, memory, cells):
        self.hone, self.program, self.memory, self.cells = hone, program, memory, cells
        self.process, self.proxy, self.lock = None, None, threading.Lock()

    def address(self):
        with self.lock:
            if not self.process or self.process.poll() is not None:
                self.start()
        return f"http://127.0.0.1:{self.proxy.port}/v1"

    def start(self):
        self.stop()
        path = subprocess.run([str(self.hone), "models", "path", MODEL], capture_output=True, text=True)
        if path.returncode:
            sys.exit(path.stderr.strip())
        port = free_port()
        # The file as it is shipped, as Hone's engine has it, with the same build's products: on a processor
        # with VNNI no answer of either depends on its company.
        self.process = subprocess.Popen(
            [str(self.program), "--model", path.stdout.strip(), "--host", "127.0.0.1", "--port", str(port),
             "--ctx-size", str(16384 * self.cells), "--parallel", str(4 * self.cells), "--threads", str(cores()),
             "--kv-unified", "--cache-ram", "0", "--no-webui"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait(port)
        self.proxy = RememberingProxy(port, self.memory)

    def wait(self, port):
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.5)
            if self.process.poll() is not None:
                break
        sys.exit(f"{self.program} did not start; build it by Scripts/build-llama --tools")

    def stop(self):
        if self.proxy:
            self.proxy.stop()
            self.proxy = None
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                # It ends a request that it is at before it hears a wish to end.
                self.process.kill()
                self.process.wait()
            self.process = None
