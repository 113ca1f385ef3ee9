#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares Hone's optimizers with DSPy's MIPROv2 and GEPA on the same rows, model and calls.

  python3 Benchmarks/Peers/peers.py                        all cells, seeds 1 2 3, 2,000 task calls
  python3 Benchmarks/Peers/peers.py --tasks wsc --methods gepa dspy-gepa --seeds 1
  python3 Benchmarks/Peers/peers.py --page-only            the page of the runs made so far

A finished run is not repeated and a stopped one of Hone goes on; after Ctrl-C start the same command
again. DSPy asks the same model file through llama-server. Needs `make release`, for DSPy's cells
.deps/dspy (Scripts/bench-client --dspy) and llama-server (Scripts/build-llama --tools). The data is looked
for in ../shared/data; without it there is nothing to do.
"""
import argparse
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(HERE.parent / "Quality"))
from table import intervals, runs  # noqa: E402

TASKS = ["wsc", "movie-recommendation", "penguins-in-a-table", "gsm8k"]
MODEL = "smollm2-135m-instruct"
# Settings beside the defaults: rounds enough for the budget to end the search, and up to 4 demonstrations
# and 8 rows of a rewrite on both sides.
METHODS = {
    "bootstrap-random-search": ("Hone, bootstrap-random-search", [
        "--optimizer", "bootstrap-random-search", "--set", "sets=200", "--set", "demonstrations=4"]),
    "mipro": ("Hone, mipro", ["--optimizer", "mipro", "--set", "auto=medium", "--set", "trials=1000"]),
    "gepa": ("Hone, gepa", ["--optimizer", "gepa", "--set", "rounds=1000", "--set", "minibatch=8"]),
    "capo": ("Hone, capo", ["--optimizer", "capo", "--set", "rounds=1000", "--set", "shots=4"]),
    "gpo": ("Hone, gpo", ["--optimizer", "gpo", "--set", "epochs=100"]),
    "gpo-exemplars": ("Hone, gpo, then random-search", [
        "--optimizer", "gpo", "--set", "epochs=100", "--exemplars", "random-search",
        "--set", "exemplar-count=4"]),
    "dspy-mipro": ("DSPy, MIPROv2", None),
    "dspy-gepa": ("DSPy, GEPA", None),
}
# Of --calls; the model answers next to none of these, and each answer is long.
SHARES = {"gsm8k": 0.5}


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), default=list(METHODS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--calls", type=int, default=2000, help="task calls of each search")
    parser.add_argument("--hone", type=pathlib.Path, default=ROOT / ".build" / "release" / "hone")
    parser.add_argument("--python", type=pathlib.Path, default=ROOT / ".deps" / "dspy" / "bin" / "python")
    parser.add_argument("--server", type=pathlib.Path,
                        default=ROOT / ".deps" / "llama" / "bin" / "llama-server")
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "Benchmarks" / "results" / "peers")
    parser.add_argument("--out", type=pathlib.Path, help="the Markdown file; else it is printed")
    parser.add_argument("--page-only", action="store_true", help="make no run")
    options = parser.parse_args()
    # Task files name their rows from where they lie themselves.
    options.results = options.results.resolve()
    return options


class Task:
    """A task file, and its rows in the form that DSPy's side reads."""

    def __init__(self, name, options):
        self.name, self.options = name, options
        self.text = (HERE / f"{name}.yaml").read_text()
        self.field = re.search(r"field: (\w+)", self.text)[1]
        last = re.search(r"last: (\w)", self.text)
        self.kind = last[1] if last else "number"
        self.length = re.search(r"max-tokens: (\d+)", self.text)[1]
        self.instruction = re.search(r"instruction: (.+)", self.text)[1]
        limits = re.search(r"limit: {(.+)}", self.text)
        self.limits = dict(re.findall(r"(\w+): (\d+)", limits[1])) if limits else {}
        self.calls = int(options.calls * SHARES.get(name, 1))
        self.folder = options.results / "rows" / name
        self.test_rows = 0

    def rows(self, split):
        """The file of a split in DSPy's form, without rows whose answer is not of the kind."""
        name = re.search(rf"{split}: \.\./\.\./\.\./shared/data/(.+)", self.text)[1]
        found = [json.loads(line) for line in (DATA / name).read_text().splitlines()]
        if self.kind != "number":
            found = [row for row in found if re.fullmatch(rf"\([A-{self.kind}]\)", row[self.field])]
        if split in self.limits:
            found = found[: int(self.limits[split])]
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{split}.jsonl"
        file.write_text("".join(
            json.dumps({"input": row["input"], "answer": str(row[self.field])}) + "\n" for row in found))
        return file, len(found)

    def prepare(self):
        """Writes the rows and the task file that names them; both sides read the same files."""
        text = re.sub(r"  limit: .+\n", "", self.text)
        text = text.replace(f"field: {self.field}", "field: answer")
        for split in ("train", "dev", "test"):
            file, count = self.rows(split)
            text = re.sub(rf"  {split}: .+", f"  {split}: {file}", text)
            self.test_rows = count
        self.file = self.folder / "task.yaml"
        self.file.write_text(text)


def hone_run(task, method, seed, options):
    name = f"{task.name}-{method}-c{task.calls}-s{seed}"
    place = options.results / "runs" / name
    if not (place / "result.json").exists():
        if options.page_only:
            return None
        if place.exists():
            command = [options.hone, "resume", place, "--quiet"]
        else:
            command = [options.hone, "optimize", task.file, *METHODS[method][1], "--seed", seed, "--runs",
                       options.results / "runs", "--name", name, "--budget-calls",
                       task.calls + 2 * task.test_rows, "--no-cache", "--quiet"]
        check([str(part) for part in command], name)
    figures = runs.read(place / "result.json")
    record = json.loads((place / "result.json").read_text())
    spend = record["spend"]
    tokens = sum(use["promptTokens"] + use["completionTokens"] for use in spend["usage"].values())
    return {"seed_rows": figures.seed_rows, "best_rows": figures.best_rows, "calls": figures.calls,
            "tokens": tokens, "seconds": figures.seconds}


def dspy_run(task, method, seed, options, server):
    place = options.results / "dspy" / f"{task.name}-{method}-c{task.calls}-s{seed}.json"
    if not place.exists():
        if options.page_only:
            return None
        place.parent.mkdir(parents=True, exist_ok=True)
        files = [task.folder / f"{split}.jsonl" for split in ("train", "dev", "test")]
        check([str(part) for part in [
            options.python, HERE / "dspy_side.py", method.removeprefix("dspy-"), server.address(),
            task.calls, seed, task.kind, task.length, task.instruction, *files, place]], place.stem)
    return json.loads(place.read_text())


class Failed(Exception):
    """A cell that did not end well. The others go on, and the next start tries it again."""


def check(command, name):
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise Failed(f"{name}: exit code {done.returncode}: {done.stderr.strip()[-2000:]}\n"
                 f"The command was: {' '.join(command)}")


def cores():
    """Those this command may use, so that `taskset` can put two commands beside each other."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


class Server:
    """llama-server with the model's file, started when it is first needed."""

    def __init__(self, options):
        self.options, self.process, self.port = options, None, 0

    def address(self):
        if not self.process or self.process.poll() is not None:
            path = subprocess.run([str(self.options.hone), "models", "path", MODEL],
                                  capture_output=True, text=True)
            if path.returncode:
                sys.exit(path.stderr.strip())
            # The same weights as Hone's engine computes with, expanded to 16 bits, which is also faster.
            shipped = pathlib.Path(path.stdout.strip())
            expanded = shipped.with_name("f16.gguf")
            model = expanded if expanded.exists() else shipped
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            self.process = subprocess.Popen(
                [str(self.options.server), "--model", str(model), "--host", "127.0.0.1", "--port",
                 str(self.port), "--ctx-size", "32768", "--parallel", "4", "--threads", str(cores()),
                 "--cache-ram", "0", "--no-webui"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.wait()
        return f"http://127.0.0.1:{self.port}/v1"

    def wait(self):
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health") as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.5)
            if self.process.poll() is not None:
                break
        sys.exit(f"{self.options.server} did not start; build it by Scripts/build-llama --tools")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()


def percent(found):
    middle, low, high = (100 * value for value in found)
    return f"{middle:.1f} % ({low:.1f} – {high:.1f})"


def page(figures, options):
    shares = "".join(f" ({int(options.calls * share)} for {name})" for name, share in SHARES.items())
    lines = [f"{MODEL}, {options.calls} task calls a search{shares}, seeds {' '.join(map(str, options.seeds))}. Test "
             "accuracy with 95 % intervals over seeds and rows. Calls are those of the search, tokens and minutes "
             "those of the run with its final test; all three are means. DSPy's chat fields are read leniently: a "
             "reply without its marks counts as the answer.", ""]
    for task in (name for name in options.tasks if any(name == cell[0] for cell in figures)):
        lines += [f"### {task}", "", "| | runs | seed prompt | best | gain | task calls | tokens | minutes |",
                  "|---|---:|---:|---:|---:|---:|---:|---:|"]
        for method in options.methods:
            found = [figures[task, method, seed] for seed in options.seeds if (task, method, seed) in figures]
            if not found:
                continue
            gains = [intervals.differences(one["best_rows"], one["seed_rows"]) for one in found]
            mean = {key: sum(one[key] for one in found) / len(found) for key in ("calls", "tokens", "seconds")}
            lines.append(
                f"| {METHODS[method][0]} | {len(found)} | {percent(intervals.of_groups([one['seed_rows'] for one in found]))} "
                f"| {percent(intervals.of_groups([one['best_rows'] for one in found]))} "
                f"| {percent(intervals.of_groups(gains))} | {mean['calls']:.0f} | {mean['tokens']:.0f} "
                f"| {mean['seconds'] / 60:.1f} |")
        lines.append("")
    return "\n".join(lines)


def main():
    options = arguments()
    if not DATA.exists():
        print(f"Nothing to do: the task data is not in {DATA}.")
        return
    if not options.hone.exists():
        sys.exit(f"{options.hone} is missing; run: make release")
    # So that the server and the run in progress end with this command.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped; the same command goes on from here"))
    server, figures = Server(options), {}
    places = {name: Task(name, options) for name in options.tasks}
    for task in places.values():
        task.prepare()
    cells = [(task, method, seed) for seed in options.seeds for task in options.tasks for method in options.methods]
    try:
        for number, (name, method, seed) in enumerate(cells, 1):
            started, found = time.monotonic(), None
            try:
                if METHODS[method][1] is None:
                    found = dspy_run(places[name], method, seed, options, server)
                else:
                    found = hone_run(places[name], method, seed, options)
            except Failed as failure:
                print(f"[{number}/{len(cells)}] {failure}", file=sys.stderr, flush=True)
            if not found:
                continue
            figures[name, method, seed] = found
            if not options.page_only:
                print(f"[{number}/{len(cells)}] {name} {method} seed {seed}: test "
                      f"{100 * intervals.mean(found['seed_rows']):.1f} % to {100 * intervals.mean(found['best_rows']):.1f} %, "
                      f"{time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on from here")
    finally:
        server.stop()
    text = page(figures, options) + "\n"
    if options.out:
        options.out.write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
