# SPDX-License-Identifier: Apache-2.0
"""The table of methods: dev and test with intervals, calls, ranks, and the gain over random phrases."""
from . import intervals


def page(figures, cells, tasks_and_models, seeds):
    """The Markdown of the methods' comparison; `figures` are by (task, model, cell key, seed)."""
    lines = []
    for task, model in tasks_and_models:
        lines += [f"### {task}, {model}", ""]
        lines += table(figures, cells, task, model, seeds)
        lines.append("")
    lines += ["### All tasks", ""]
    lines += summary(figures, cells, tasks_and_models, seeds)
    return lines


def table(figures, cells, task, model, seeds):
    lines = ["| method | dev | test | 95 % interval | calls of the search |", "|---|---|---|---|---|"]
    first = [figures[task, model, cells[0].key, seed] for seed in seeds]
    dev = intervals.mean([run.seed_dev for run in first])
    test = intervals.of_groups([run.seed_rows for run in first])
    lines.append(row("seed prompt", dev, test, "–"))
    for cell in cells:
        runs = [figures[task, model, cell.key, seed] for seed in seeds]
        dev = intervals.mean([run.best_dev for run in runs])
        test = intervals.of_groups([run.best_rows for run in runs])
        lines.append(row(cell.label, dev, test, f"{intervals.mean([r.calls for r in runs]):.0f}"))
    return lines


def row(label, dev, test, calls):
    return f"| {label} | {percent(dev)} | {percent(test[0])} | {between(test)} | {calls} |"


def percent(share):
    return f"{100 * share:.1f}"


def between(estimate):
    return f"{percent(estimate[1])} – {percent(estimate[2])}"


def summary(figures, cells, tasks_and_models, seeds):
    ranks = mean_ranks(figures, cells, tasks_and_models, seeds)
    labels = [("seed", "seed prompt")] + [(cell.key, cell.label) for cell in cells]
    has_random = any(cell.key == "random" for cell in cells)
    lines = ["| method | mean rank | test | test minus random phrases, 95 % interval |",
             "|---|---|---|---|"]
    for key, label in labels:
        groups, gains = [], []
        for task, model in tasks_and_models:
            for seed in seeds:
                rows = rows_of(figures, cells, task, model, key, seed)
                groups.append(rows)
                if has_random and key != "random":
                    base = rows_of(figures, cells, task, model, "random", seed)
                    gains.append(intervals.differences(rows, base))
        gain = intervals.of_groups(gains)
        shown = "–" if gain is None else signed(gain)
        test = intervals.mean([intervals.mean(rows) for rows in groups])
        lines.append(f"| {label} | {ranks[key]:.2f} | {percent(test)} | {shown} |")
    return lines


def rows_of(figures, cells, task, model, key, seed):
    if key == "seed":
        return figures[task, model, cells[0].key, seed].seed_rows
    return figures[task, model, key, seed].best_rows


def signed(estimate):
    middle, low, high = (100 * value for value in estimate)
    return f"{middle:+.1f} ({low:+.1f} to {high:+.1f})"


def mean_ranks(figures, cells, tasks_and_models, seeds):
    """Mean ranks by test score, 1 the best; equal scores share the mean of their ranks."""
    keys = ["seed"] + [cell.key for cell in cells]
    ranks = {key: [] for key in keys}
    for task, model in tasks_and_models:
        for seed in seeds:
            scores = {key: intervals.mean(rows_of(figures, cells, task, model, key, seed))
                      for key in keys}
            for key in keys:
                better = sum(other > scores[key] for other in scores.values())
                equal = sum(other == scores[key] for other in scores.values())
                ranks[key].append(better + (equal + 1) / 2)
    return {key: intervals.mean(values) for key, values in ranks.items()}
