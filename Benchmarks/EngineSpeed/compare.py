# SPDX-License-Identifier: Apache-2.0
"""Runs engine and reference in alternation and prints ratios of medians; see Scripts/bench-engine.

Wall time is what a user waits. Processor time is printed beside it, since on a busy machine it says
more about the work done.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys

ENGINE, TOOLS, SHIPPED, WORK = sys.argv[1:5]
HERE = pathlib.Path(__file__).parent
ROUNDS = int(os.environ.get("HONE_BENCH_ROUNDS", "3"))
THREADS = os.environ.get("HONE_BENCH_THREADS", str(os.cpu_count()))
REQUESTS, EXPANDED = f"{WORK}/requests.json", f"{WORK}/f16.gguf"
PARALLEL, TOKENS, STEP = 32, 32, 512


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {command[0]} failed: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")][-1]


def engine(*settings):
    return run(ENGINE, EXPANDED, REQUESTS, f"threads={THREADS}", *settings)


def server():
    return run(sys.executable, HERE / "server-client.py", f"{TOOLS}/llama-server", SHIPPED, REQUESTS)


def batched(prompt):
    return run(f"{TOOLS}/llama-batched-bench", "-m", EXPANDED, "-c", "16384", "-b", STEP, "-ub", STEP,
               "-t", THREADS, "-tb", THREADS, "-fa", "on", "-npp", prompt, "-ntg", TOKENS,
               "-npl", PARALLEL, "--output-format", "jsonl")


def median(results, key):
    return statistics.median(result[key] for result in results)


def show(name, ours, theirs, target):
    wall = median(theirs, "seconds") / median(ours, "seconds")
    line = f"{name}: {wall:.2f}x by the clock (required {target})"
    if all(result["cpuSeconds"] for result in theirs):
        cpu = median(theirs, "cpuSeconds") / median(ours, "cpuSeconds")
        line += f", {cpu:.2f}x by processor time"
    print(line, flush=True)


def main():
    full, early, served, plain, parallel = [], [], [], [], []
    for _ in range(ROUNDS):
        served.append(server())
        full.append(engine())
        early.append(engine("early=1"))
        parallel.append(engine("mode=parallel", f"parallel={PARALLEL}", f"tokens={TOKENS}",
                               f"step={STEP}"))
        plain.append(batched(parallel[-1]["promptTokens"]))
    print(f"llama-server, 8 clients: {median(served, 'seconds'):.1f} s; engine:"
          f" {median(full, 'seconds'):.1f} s, with early answers {median(early, 'seconds'):.1f} s;"
          f" peak memory {max(result['peakMegabytes'] for result in full):.0f} MB")
    show("full responses", full, served, "3x")
    show("early answers", early, served, "5x")
    for name, ours, theirs in [("prefill", "prefill", "speed_pp"), ("decode", "decode", "speed_tg")]:
        share = median(parallel, ours) / median(plain, theirs)
        print(f"{name}: {median(parallel, ours):.0f} tokens/s, {share:.2f} of llama-batched-bench"
              f" ({median(plain, theirs):.0f}, required 0.85)")


main()
