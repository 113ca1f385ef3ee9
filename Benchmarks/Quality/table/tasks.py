# SPDX-License-Identifier: Apache-2.0
"""The tasks, and the task files of a run: with absolute paths, a seed and fewer rows."""
import dataclasses
import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
DATA = ROOT.parent / "shared" / "data"

CLASSIFICATION = ["sst2", "agnews", "subj"]
# One task of each type, as in the GPO paper's lite BIG-Bench Hard.
LITE_BBH = ["navigate", "movie-recommendation", "object-counting", "word-sorting"]
MODELS = ["smollm2-135m-instruct", "gemma-3-270m"]
BASE_MODELS = {"gemma-3-270m"}
SHOWN_ROWS = 4


@dataclasses.dataclass(frozen=True)
class Sizes:
    """What a run may use: calls of the search, and rows."""
    calls: int
    dev: int
    test: int

    def __str__(self):
        return f"c{self.calls}-d{self.dev}-t{self.test}"


def is_chat(task):
    return "layout: raw" not in (HERE / f"{task}.yaml").read_text()


def models_for(task, models):
    """A base model has no chat template, so it answers raw texts only."""
    return [model for model in models if not (is_chat(task) and model in BASE_MODELS)]


def check(names):
    for name in names:
        if not (HERE / f"{name}.yaml").exists():
            there = ", ".join(sorted(path.stem for path in HERE.glob("*.yaml")))
            raise SystemExit(f"there is no task {name!r} in {HERE}; there are: {there}")


def task_file(task, seed, sizes, folder, shows=False):
    """Writes the task file of a seed: its rows are drawn by the seed, so methods share them.

    With `shows` it has demonstrations, which a flag of hone can leave out again.
    """
    place = folder / "tasks" / f"{task}-{sizes}{'-shows' if shows else ''}-s{seed}.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for line in (HERE / f"{task}.yaml").read_text().splitlines():
        if re.match(r"(budget|seed|optimizer):|# .*evaluations to search", line):
            continue
        data = re.match(r"  (train|dev|test): \.\./\.\./\.\./shared/data/(.+)", line)
        if data:
            line = f"  {data[1]}: {rows_file(task, data[2], folder)}"
        if shows and lines and lines[-1].startswith("  template:"):
            line = line.replace("    ", "    {demonstrations}", 1)
        lines.append(line)
        if shows and line == "prompt:":
            lines.append(f"  demonstrations: {json.dumps(demonstrations(task))}")
        if line == "data:":
            lines.append(f"  limit: {{dev: {sizes.dev}, test: {sizes.test}}}")
    lines.append(f"seed: {seed}")
    place.write_text("\n".join(lines) + "\n")
    return place


def demonstrations(task):
    """The task's fixed demonstrations: its first training rows that differ in their answers."""
    name = re.search(r"train: \.\./\.\./\.\./shared/data/(.+)",
                     (HERE / f"{task}.yaml").read_text())[1]
    shown = {}
    for line in (DATA / name).read_text().splitlines():
        row = json.loads(line)
        answer = row["target"] if isinstance(row["target"], str) else str(row["target"])
        if answer not in shown and len(shown) < SHOWN_ROWS:
            shown[answer] = {"input": row["input"], "target": answer}
    return list(shown.values())


def rows_file(task, name, folder):
    """The data file, or a copy without the rows that have no letter as their answer."""
    source = DATA / name
    if not source.exists():
        raise SystemExit(f"{source} is missing, which {HERE / (task + '.yaml')} names")
    if task != "movie-recommendation":
        return source
    rows = source.read_text().splitlines(keepends=True)
    fit = [row for row in rows if re.fullmatch(r"\([A-E]\)", json.loads(row)["target"])]
    copy = folder / "tasks" / name.replace("/", "-")
    copy.write_text("".join(fit))
    return copy
