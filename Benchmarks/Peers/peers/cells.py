# SPDX-License-Identifier: Apache-2.0
"""Makes the cells of the comparison, each once, and keeps their figures as small files."""
import json
import pathlib
import subprocess
import threading

from table import runs

from .methods import METHODS, is_of_dspy

HERE = pathlib.Path(__file__).resolve().parent.parent


running, running_lock = set(), threading.Lock()


class Failed(Exception):
    """A cell that did not end well. The others go on, and the next start tries it again."""


class Cell:
    """A search of one task by one method with one seed, and the file with what it gave."""

    def __init__(self, task, method, seed, folder):
        self.task, self.method, self.seed = task, method, seed
        self.name = f"{task.name}-{method}-c{task.calls}-s{seed}"
        self.file = folder / f"{self.name}.json"

    def figures(self):
        """What is known of the cell: scores of test rows, calls, tokens, the prompt; nothing before it ran."""
        return json.loads(self.file.read_text()) if self.file.exists() else None

    def make(self, options, server):
        if is_of_dspy(self.method):
            found = self.dspy(options, server)
        else:
            found = self.hone(options)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(found, ensure_ascii=False) + "\n")

    def hone(self, options):
        """A run of Hone, resumed where it was stopped. Answers that other cells had are taken from the cache
        and charged all the same, so they change nothing but the time."""
        place = options.results / "runs" / self.name
        if not (place / "result.json").exists():
            if place.exists():
                command = [options.hone, "resume", place, "--quiet"]
            else:
                command = [options.hone, "optimize", self.task.file, *METHODS[self.method][1],
                           *(part for setting in options.set for part in ("--set", setting)), "--seed", self.seed, "--runs", options.results / "runs", "--name", self.name,
                           "--budget-calls", self.task.calls + 2 * self.task.test_rows, "--quiet"]
            self.check(command)
        read = runs.read(place / "result.json")
        record = json.loads((place / "result.json").read_text())
        usage = record["spend"]["usage"].values()
        return {"seed_rows": digits(read.seed_rows), "best_rows": digits(read.best_rows), "calls": read.calls,
                "tokens": sum(use["promptTokens"] + use["completionTokens"] for use in usage),
                "seed_dev": read.seed_dev, "best_dev": read.best_dev,
                "prompt": (place / "prompt.txt").read_text()}

    def dspy(self, options, server):
        place = options.results / "dspy" / f"{self.name}.json"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            task = self.task
            self.check([
                options.python, HERE / "dspy_side.py", self.method.removeprefix("dspy-"), server.address(),
                task.calls, self.seed, task.kind, task.length, task.instruction,
                *(task.split(name) for name in ("train", "dev", "test")), place])
        found = json.loads(place.read_text())
        return found | {"seed_rows": digits(found["seed_rows"]), "best_rows": digits(found["best_rows"])}

    def check(self, command):
        command = [str(part) for part in command]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        with running_lock:
            running.add(process)
        try:
            _, problem = process.communicate()
        finally:
            with running_lock:
                running.discard(process)
        if process.returncode:
            raise Failed(f"{self.name}: exit code {process.returncode}: {problem.strip()[-2000:]}\n"
                         f"The command was: {' '.join(command)}")


def stop_running():
    """Ends the searches in progress; those of Hone go on with the next start."""
    with running_lock:
        for process in running:
            process.terminate()


def digits(rows):
    """Scores of rows, which are 0 or 1 in all of these tasks, as one text."""
    if any(row not in (0, 1) for row in rows):
        raise Failed(f"a row's score is neither 0 nor 1: {rows}")
    return "".join(str(int(row)) for row in rows)


def scores(text):
    return [int(digit) for digit in text]
