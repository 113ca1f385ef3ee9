#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs TrainingBench and the peer in alternation and prints medians and ratios.

Usage: compare.py BENCH MODEL [PEER_PYTHON]. Without a peer only our own numbers are printed.
"""
import json
import os
import statistics
import subprocess
import sys

bench, model = sys.argv[1:3]
peer = sys.argv[3] if len(sys.argv) > 3 else None
rounds = int(os.environ.get("HONE_BENCH_ROUNDS", "3"))
updates = os.environ.get("HONE_BENCH_UPDATES", "6")
here = os.path.dirname(os.path.abspath(__file__))


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


for what, name in (("lora", "LoRA, rank 32, all linear layers"), ("target", "layer and head")):
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(run([bench, model, what, updates]))
        if peer:
            theirs.append(run([peer, f"{here}/peer.py", what, updates]))
    print(f"{name}, 4 x 128 tokens, {rounds} rounds:")
    for label, rows in (("Hone", ours), ("PyTorch", theirs)):
        if rows:
            speed = statistics.median(row["tokensPerSecond"] for row in rows)
            memory = statistics.median(row["peakMiB"] for row in rows)
            print(f"  {label:8} {speed:8.1f} tokens/s  {memory:6.0f} MiB")
    if theirs:
        speed = (statistics.median(r["tokensPerSecond"] for r in ours)
                 / statistics.median(r["tokensPerSecond"] for r in theirs))
        memory = (statistics.median(r["peakMiB"] for r in ours)
                  / statistics.median(r["peakMiB"] for r in theirs))
        print(f"  ratio    {speed:8.2f} x speed    {memory:6.2f} x memory")
