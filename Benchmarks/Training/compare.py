#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs TrainingBench and the peers in alternation and prints medians and ratios.

Usage: compare.py BENCH MODEL. HONE_PEER_PYTHON names a Python with torch, transformers and peft,
HONE_PPO_PYTHON one with TRL 0.11 beside them; without them only our own numbers are printed.
HONE_BENCH_PARTS says which of lora, target and ppo are run.
"""
import json
import os
import statistics
import subprocess
import sys

bench, model = sys.argv[1:3]
peer, ppo_peer = os.environ.get("HONE_PEER_PYTHON"), os.environ.get("HONE_PPO_PYTHON")
rounds = int(os.environ.get("HONE_BENCH_ROUNDS", "3"))
updates = os.environ.get("HONE_BENCH_UPDATES", "6")
parts = os.environ.get("HONE_BENCH_PARTS", "lora,target,ppo").split(",")
here = os.path.dirname(os.path.abspath(__file__))


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def compare(name, commands):
    """Runs the commands in turn, ours first, and prints their medians and the ratios to ours."""
    rows = {label: [] for label in commands}
    for _ in range(rounds):
        for label, command in commands.items():
            rows[label].append(run(command))
    print(f"{name}, medians of {rounds} rounds:")
    ours = next(iter(rows.values()))
    for label, found in rows.items():
        text = f"  {label:24} {median(found, 'seconds'):7.2f} s"
        if "tokensPerSecond" in found[0]:
            text += f"  {median(found, 'tokensPerSecond'):7.1f} tokens/s"
        else:
            text += f"  {median(found, 'tokensWritten'):5.1f} tokens a rewrite"
        text += f"  {median(found, 'peakMiB'):5.0f} MiB"
        if found is not ours:
            text += (f"   Hone: {median(found, 'seconds') / median(ours, 'seconds'):.2f} x speed,"
                     f" {median(ours, 'peakMiB') / median(found, 'peakMiB'):.2f} x memory")
        print(text, flush=True)


if "lora" in parts:
    commands = {"Hone": [bench, model, "lora", updates]}
    if peer:
        commands["PyTorch, PEFT"] = [peer, f"{here}/peer.py", "lora", updates]
        commands["  head where the loss is"] = [peer, f"{here}/peer.py", "lora-short", updates]
    compare("LoRA, rank 32, all linear layers, 4 x 128 tokens", commands)
if "target" in parts:
    commands = {"Hone": [bench, model, "target", updates]}
    if peer:
        commands["PyTorch"] = [peer, f"{here}/peer.py", "target", updates]
    compare("Layer and head, 4 x 128 tokens", commands)
if "ppo" in parts:
    commands = {"Hone": [bench, model, "ppo", "2"]}
    if ppo_peer:
        commands["TRL"] = [ppo_peer, f"{here}/peer_ppo.py", model, "1"]
    compare("An iteration of PPO, 64 rewrites and 64 answers", commands)
