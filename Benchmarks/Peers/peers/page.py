# SPDX-License-Identifier: Apache-2.0
"""The tables of the comparison in Markdown."""
from table import intervals

from .cells import scores
from .methods import METHODS, MODEL, is_of_dspy


def percent(found):
    middle, low, high = (100 * value for value in found)
    return f"{middle:.1f} % ({low:.1f} – {high:.1f})"


def page(cells, calls, seeds):
    """A table a task, of the cells that have figures, and how Hone's searches stand beside DSPy's."""
    lines = [f"{MODEL}, {calls} task calls a search, seeds {' '.join(map(str, seeds))}. Test accuracy with 95 % "
             "intervals over seeds and rows. Calls are those of the search, tokens those of the run with its "
             "final test; both are means.", ""]
    for task in dict.fromkeys(cell.task.name for cell in cells):
        done = [cell for cell in cells if cell.task.name == task and cell.figures()]
        if done:
            lines += [f"### {task}", ""] + table(done) + [""] + beside(done)
    return "\n".join(lines)


def table(cells):
    lines = ["| | runs | seed prompt | best | gain | task calls | tokens |", "|---|---:|---:|---:|---:|---:|---:|"]
    for method, found in by_method(cells).items():
        seeds, bests = rows(found, "seed_rows"), rows(found, "best_rows")
        gains = [intervals.differences(best, seed) for best, seed in zip(bests, seeds)]
        calls, tokens = (intervals.mean([one[key] for one in found]) for key in ("calls", "tokens"))
        lines.append(
            f"| {METHODS[method][0]} | {len(found)} | {percent(intervals.of_groups(seeds))} "
            f"| {percent(intervals.of_groups(bests))} | {percent(intervals.of_groups(gains))} | {calls:.0f} "
            f"| {tokens:.0f} |")
    return lines


def beside(cells):
    """Best prompts' test scores, Hone's less DSPy's, with the same rows of the same seeds paired."""
    lines = ["| best prompts, points | " + " | ".join(
        METHODS[method][0] for method in METHODS if is_of_dspy(method)) + " |", "|---|---:|---:|"]
    found = {(cell.method, cell.seed): scores(cell.figures()["best_rows"]) for cell in cells}
    seeds = sorted({cell.seed for cell in cells})
    for method in (name for name in METHODS if not is_of_dspy(name)):
        shown = []
        for peer in (name for name in METHODS if is_of_dspy(name)):
            pairs = [intervals.differences(found[method, seed], found[peer, seed]) for seed in seeds
                     if (method, seed) in found and (peer, seed) in found]
            shown.append(points(intervals.of_groups(pairs)) if pairs else "")
        if any(shown):
            lines.append(f"| {METHODS[method][0]} | {' | '.join(shown)} |")
    return lines + [""] if len(lines) > 2 else []


def points(found):
    return "{:+.1f} ({:+.1f} to {:+.1f})".format(*(100 * value for value in found))


def by_method(cells):
    found = {}
    for cell in cells:
        found.setdefault(cell.method, []).append(cell.figures())
    return {method: found[method] for method in METHODS if method in found}


def rows(found, key):
    return [scores(one[key]) for one in found]
