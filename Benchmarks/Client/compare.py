# SPDX-License-Identifier: Apache-2.0
"""Times Hone's evaluations over a server that answers after 50 ms; see Scripts/bench-client.

The server is a process of its own. Prints the ratio to the ideal time, the processor time of a call
against that of DSPy's evaluator where it is installed, and the memory of a long run.
"""

import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys

BIN, DSPY = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
HERE = pathlib.Path(__file__).parent
ROUNDS = int(os.environ.get("HONE_BENCH_ROUNDS", "3"))
ROWS, IN_FLIGHT, DELAY, LONG = 4000, 64, 0.05, 100_000
# 63 waves of 64 and a moment to begin.
IDEAL = 3.2


@contextlib.contextmanager
def server(milliseconds):
    process = subprocess.Popen(
        [BIN / "ClientServer", str(milliseconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
    finally:
        process.stdin.close()
        process.wait()


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {command[0]} failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def main():
    with server(int(DELAY * 1000)) as address:
        ours = [run(BIN / "ClientBench", address, ROWS) for _ in range(ROUNDS)]
    seconds = statistics.median(result["seconds"] for result in ours)
    cpu = statistics.median(result["cpuMilliseconds"] for result in ours)
    print(f"{ROWS} evaluations: {seconds:.2f} s, {seconds / IDEAL:.3f} of the ideal {IDEAL} s"
          f" (required 1.05); {cpu:.3f} ms of processor time a call", flush=True)
    with server(0) as address:
        long = run(BIN / "ClientBench", address, LONG)
    print(f"{LONG} evaluations in one run: {long['seconds']:.1f} s, at most"
          f" {long['peakMegabytes']:.0f} MB of memory (required 300)", flush=True)
    if not DSPY:
        print("DSPy is not installed: Scripts/bench-client --dspy installs it into .deps/dspy.")
        return
    with server(int(DELAY * 1000)) as address:
        theirs = run(DSPY, HERE / "dspy_side.py", address, ROWS, IN_FLIGHT)
    print(f"DSPy: {theirs['seconds']:.2f} s, {theirs['cpuMilliseconds']:.2f} ms a call; Hone takes"
          f" {cpu / theirs['cpuMilliseconds']:.3f} of it (required 0.1)")


main()
