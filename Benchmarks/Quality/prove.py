#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs GPO on the tasks of this folder, model by model and seed by seed, and prints a table.

  python3 Benchmarks/Quality/prove.py                     all tasks, both models, seeds 1 2 3
  python3 Benchmarks/Quality/prove.py --tasks sst2 --models gemma-3-270m --seeds 1
  python3 Benchmarks/Quality/prove.py --proposer meta-prompt     the model's own proposals

A run that is there is not run again; one that was stopped is resumed. The data is looked for in
../shared/data; without it there is nothing to do, and the script says so.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HONE = ROOT / ".build" / "release" / "hone"
DATA = ROOT.parent / "shared" / "data"
# What each proof asks for: task, model, points on test above the seed prompt.
GOALS = {
    ("sst2", "smollm2-135m-instruct"): 20,
    ("sst2", "gemma-3-270m"): 20,
    ("sports-understanding", "smollm2-135m-instruct"): 25,
}


def run(task, model, seed, proposer, folder):
    name = f"{task}-{model}-{proposer}-s{seed}"
    place = folder / name
    started = time.time()
    if not (place / "result.json").exists():
        if place.exists():
            command = [HONE, "resume", place, "--quiet"]
        else:
            command = [HONE, "optimize", HERE / f"{task}.yaml", "--seed", str(seed), "--model",
                       f"task={model}", "--runs", folder, "--name", name, "--no-cache", "--quiet"]
            if proposer != "auto":
                command += ["--set", f"proposer={proposer}"]
        done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.exit(f"{name}: hone ended with exit code {done.returncode}")
    record = json.loads((place / "result.json").read_text())
    return record.get("result", record), time.time() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tasks", nargs="+", default=["sst2", "sports-understanding"])
    parser.add_argument("--models", nargs="+", default=["smollm2-135m-instruct", "gemma-3-270m"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--proposer", default="auto")
    parser.add_argument("--runs", type=pathlib.Path, default=ROOT / "Benchmarks" / "results" / "quality")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"Nothing to do: the task data is not in {DATA}.")
        return
    if not HONE.exists():
        sys.exit(f"{HONE} is missing; run: make release")
    options.runs.mkdir(parents=True, exist_ok=True)
    print("| task | model | proposer | seed | seed prompt, test | best prompt, test | gain | p | goal | seconds |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    short = 0
    for task in options.tasks:
        for model in options.models:
            if task == "sports-understanding" and model != "smollm2-135m-instruct":
                continue  # the base model has no chat template
            for seed in options.seeds:
                result, seconds = run(task, model, seed, options.proposer, options.runs)
                both = result["comparison"]
                first, second = 100 * both["first"]["mean"], 100 * both["second"]["mean"]
                goal = GOALS.get((task, model))
                met = "" if goal is None else f"{goal}, {'met' if second - first >= goal else 'not met'}"
                short += met.endswith("not met")
                print(f"| {task} | {model} | {options.proposer} | {seed} | {first:.1f} % | {second:.1f} % "
                      f"| {second - first:+.1f} | {both['pValue']:.2g} | {met} | {seconds:.0f} |", flush=True)
    if options.proposer == "auto" and short:
        sys.exit(f"{short} goals were not met")


if __name__ == "__main__":
    main()
