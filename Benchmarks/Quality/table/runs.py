# SPDX-License-Identifier: Apache-2.0
"""Performs runs of `hone`, each once: a finished one is read, a stopped one is resumed."""
import dataclasses
import json
import subprocess
import sys
import time

from . import tasks


@dataclasses.dataclass(frozen=True)
class Job:
    """A run to be made."""
    task: str
    model: str
    cell: object
    seed: int
    sizes: tasks.Sizes

    @property
    def name(self):
        proposer = dict(self.cell.settings).get("proposer", "own")
        model = self.model.split("-")[0]
        return f"{self.task}-{model}-{self.cell.key}-{proposer}-{self.sizes}-s{self.seed}"


@dataclasses.dataclass(frozen=True)
class Figures:
    """What a run found. Scores are in 0…1; calls are those of the search, as if nothing was cached."""
    seed_dev: float
    best_dev: float
    seed_rows: list
    best_rows: list
    calls: int
    seconds: float
    end: str


def check_models(models, hone):
    """Ends with hone's own words when a model is not here, before hours of runs begin."""
    for model in models:
        found = subprocess.run([str(hone), "models", "path", model], capture_output=True, text=True)
        if found.returncode:
            raise SystemExit(found.stderr.strip())


def check_jobs(jobs, hone, folder):
    """Asks hone for the plan of each kind of run, so that a mistake shows before the first one."""
    asked = set()
    for job in jobs:
        kind = (job.task, job.model, job.cell.key)
        if kind in asked or (folder / "runs" / job.name).exists():
            continue
        asked.add(kind)
        command = [str(part) for part in new_run(job, hone, folder) if part != "--quiet"]
        planned = subprocess.run(command + ["--dry-run"], capture_output=True, text=True)
        if planned.returncode:
            raise SystemExit(f"{job.name}: {planned.stderr.strip()}\n"
                             f"The command was: {' '.join(command)}")


def perform(job, hone, folder):
    """Makes or finishes the run, unless it is done, and reads its figures."""
    place = folder / "runs" / job.name
    if not (place / "result.json").exists():
        if place.exists():
            command = [hone, "resume", place, "--quiet"]
        else:
            command = new_run(job, hone, folder)
        done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(
                f"{job.name}: hone ended with exit code {done.returncode}: {done.stderr.strip()}\n"
                f"The command was: {' '.join(map(str, command))}\n"
                f"Put that right and start again; if the run itself is damaged, delete {place}")
    return read(place / "result.json")


def new_run(job, hone, folder):
    setting = job.cell.demonstrations
    file = tasks.task_file(job.task, job.seed, job.sizes, folder, shows=bool(setting))
    command = [hone, "optimize", file, "--optimizer", job.cell.optimizer, "--seed", job.seed,
               "--model", f"task={job.model}", "--runs", folder / "runs", "--name", job.name,
               "--budget-calls", job.sizes.calls + 2 * job.sizes.test, "--quiet"]
    if setting:
        command += ["--demonstrations", setting]
    for name, value in job.cell.settings:
        command += ["--set", f"{name}={value}"]
    return command


def read(file):
    record = json.loads(file.read_text())
    result = record.get("result")
    if not result or not result.get("seedTest") or not result.get("bestTest"):
        raise SystemExit(f"{file} has no final test; delete its folder and start again")
    tested = len(result["seedTest"]["results"])
    if result["best"]["id"] != result["seed"]["id"]:
        tested *= 2
    return Figures(
        seed_dev=result["seedDevScore"], best_dev=result["bestDevScore"],
        seed_rows=row_scores(result["seedTest"]), best_rows=row_scores(result["bestTest"]),
        calls=sum(record["spend"]["calls"].values()) - tested, seconds=record["spend"]["seconds"],
        end=next(iter(result["end"])))


def row_scores(evaluation):
    """A row's score; an answer that could not be read counts as 0, as it does in the run."""
    return [row["outcome"].get("scored", {}).get("_0", {}).get("value", 0.0)
            for row in evaluation["results"]]


class Progress:
    """A line a run on standard error, with the time left by the runs made so far."""

    def __init__(self, jobs):
        self.left = list(jobs)
        self.count = len(self.left)
        self.spent = {}

    def done(self, job, seconds, figures):
        """A run that was there already took no time and says nothing of those to come."""
        self.left.remove(job)
        if seconds > 1:
            for key in ((job.task, job.model, job.cell.key), (job.task, job.model), ()):
                self.spent.setdefault(key, []).append(seconds)
        line = (f"[{self.count - len(self.left)}/{self.count}] {job.task} {job.model} "
                f"{job.cell.label} seed {job.seed}: dev {100 * figures.best_dev:.0f} %, "
                f"{seconds:.0f} s; about {self.minutes_left():.0f} min left")
        print(line, file=sys.stderr, flush=True)

    def minutes_left(self):
        return sum(self.expected(job) for job in self.left) / 60

    def expected(self, job):
        for key in ((job.task, job.model, job.cell.key), (job.task, job.model), ()):
            if key in self.spent:
                return sum(self.spent[key]) / len(self.spent[key])
        return 0


def all_of(jobs, hone, folder):
    """Performs all jobs; the figures by job."""
    figures = {}
    progress = Progress(jobs)
    for job in jobs:
        started = time.monotonic()
        figures[job] = perform(job, hone, folder)
        progress.done(job, time.monotonic() - started, figures[job])
    return figures
