# SPDX-License-Identifier: Apache-2.0
"""Runs engine and reference in alternation and prints ratios of medians; see Scripts/bench-engine.

Wall time is what a user waits. Processor time is printed beside it, since on a busy machine it says
more about the work done.

The engine runs the shipped file, whose weights this build of llama.cpp multiplies in whole numbers, or
half precision with HONE_BENCH_WEIGHTS=f16. The server of the same build runs once as llama.cpp has it,
without those products (--no-repack), and once with them.
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
MODEL = EXPANDED if os.environ.get("HONE_BENCH_WEIGHTS") == "f16" else SHIPPED
PARALLEL, TOKENS, STEP = 32, 32, 512


def run(*command, environment=None):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        sys.exit(f"error: {command[0]} failed: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")][-1]


def engine(*settings):
    return run(ENGINE, MODEL, REQUESTS, f"threads={THREADS}", *settings)


def server(*arguments):
    return run(sys.executable, HERE / "server-client.py", f"{TOOLS}/llama-server", SHIPPED, REQUESTS,
               environment={"HONE_BENCH_SERVER": " ".join(arguments)})


def batched(prompt):
    return run(f"{TOOLS}/llama-batched-bench", "-m", MODEL, "-c", "16384", "-b", STEP, "-ub", STEP,
               "-t", THREADS, "-tb", THREADS, "-fa", "on", "-npp", prompt, "-ntg", TOKENS,
               "-npl", PARALLEL, "--output-format", "jsonl")


def median(results, key):
    return statistics.median(result[key] for result in results)


def show(name, ours, theirs, target):
    wall = median(theirs, "seconds") / median(ours, "seconds")
    line = f"{name}: {wall:.2f}x by the clock ({target})"
    if all(result["cpuSeconds"] for result in theirs):
        cpu = median(theirs, "cpuSeconds") / median(ours, "cpuSeconds")
        line += f", {cpu:.2f}x by processor time"
    print(line, flush=True)


def main():
    full, early, served, patched, plain, parallel = [], [], [], [], [], []
    for _ in range(ROUNDS):
        served.append(server("--no-repack"))
        patched.append(server())
        full.append(engine())
        early.append(engine("early=1"))
        parallel.append(engine("mode=parallel", f"parallel={PARALLEL}", f"tokens={TOKENS}",
                               f"step={STEP}"))
        plain.append(batched(parallel[-1]["promptTokens"]))
    print(f"llama-server, 8 clients: {median(served, 'seconds'):.1f} s, of this build"
          f" {median(patched, 'seconds'):.1f} s; engine:"
          f" {median(full, 'seconds'):.1f} s, with early answers {median(early, 'seconds'):.1f} s;"
          f" peak memory {max(result['peakMegabytes'] for result in full):.0f} MB")
    show("full responses", full, served, "required 3x")
    show("early answers", early, served, "required 5x")
    show("full responses, server of this build", full, patched, "no aim")
    show("early answers, server of this build", early, patched, "no aim")
    for name, ours, theirs in [("prefill", "prefill", "speed_pp"), ("decode", "decode", "speed_tg")]:
        share = median(parallel, ours) / median(plain, theirs)
        print(f"{name}: {median(parallel, ours):.0f} tokens/s, {share:.2f} of llama-batched-bench"
              f" ({median(plain, theirs):.0f}, required 0.85)")


main()
