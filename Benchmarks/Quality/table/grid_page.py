# SPDX-License-Identifier: Apache-2.0
"""The GPO paper's Tables 2, 3 and 6 in their form, and which of its findings hold here."""
from . import intervals
from .methods_page import percent, signed


def page(grid, figures, cells, tasks_and_models, seeds):
    """The Markdown of a grid; `figures` are by (task, model, cell key, seed)."""
    lines = []
    for task, model in tasks_and_models:
        lines += [f"### {task}, {model}", ""] + table(figures, cells, [(task, model)], seeds) + [""]
    if len(tasks_and_models) > 1:
        lines += ["### Mean over the tasks", ""] + table(figures, cells, tasks_and_models, seeds)
        lines.append("")
    lines += ["### What of the paper's findings holds here", ""]
    return lines + findings(grid, figures, cells, tasks_and_models, seeds)


def table(figures, cells, tasks_and_models, seeds):
    """Test scores in percent with half the width of their 95 % interval."""
    columns = list(dict.fromkeys(cell.column for cell in cells))
    heading = {"P+M": "Momentum", "Editing": "Learning rate", "I": "Method"}.get(columns[0], "")
    lines = [f"| {heading} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for row in dict.fromkeys(cell.row for cell in cells):
        shown = []
        for column in columns:
            cell = next(cell for cell in cells if (cell.row, cell.column) == (row, column))
            test = intervals.of_groups([figures[task, model, cell.key, seed].best_rows
                                        for task, model in tasks_and_models for seed in seeds])
            shown.append(f"{percent(test[0])} ({percent(test[1])} – {percent(test[2])})")
        lines.append(f"| {row} | {' | '.join(shown)} |")
    lines.append("")
    for setting in dict.fromkeys(cell.demonstrations for cell in cells):
        first = next(cell for cell in cells if cell.demonstrations == setting)
        mean, low, high = intervals.of_groups(
            [figures[task, model, first.key, seed].seed_rows
             for task, model in tasks_and_models for seed in seeds])
        where = f" with {first.column}" if setting else ""
        lines.append(f"The seed prompt{where}: {percent(mean)} ({percent(low)} – {percent(high)}).")
    return lines


def findings(grid, figures, cells, tasks_and_models, seeds):
    """One line a comparison: what the paper found, the paired difference here, and the verdict."""
    def compare(claim, better, worse):
        groups = []
        for task, model in tasks_and_models:
            for seed in seeds:
                sides = [intervals.averaged([figures[task, model, cell.key, seed].best_rows
                                             for cell in cells if side(cell)])
                         for side in (better, worse)]
                groups.append(intervals.differences(*sides))
        estimate = intervals.of_groups(groups)
        return f"| {claim} | {signed(estimate)} | {verdict(estimate)} |"

    lines = ["| the paper's finding, as a difference | points on test, 95 % interval | here |",
             "|---|---|---|"]
    return lines + [compare(*comparison) for comparison in COMPARISONS[grid]]


def verdict(estimate):
    _, low, high = estimate
    if low > 0:
        return "holds"
    return "does not hold; the opposite does" if high < 0 else "not shown; the interval holds 0"


def in_row(*rows):
    return lambda cell: cell.row in rows


def in_column(column):
    return lambda cell: cell.column == column


def in_cell(row, column):
    return lambda cell: (cell.row, cell.column) == (row, column)


COMPARISONS = {
    "table6": [("Demonstrations help: I+D minus I", in_column("I+D"), in_column("I"))]
    + [(f"GPO is best with {column}: GPO minus {other}", in_cell("GPO", column),
        in_cell(other, column))
       for column in ("I", "I+D") for other in ("APE", "APO", "OPRO", "PE2")],
    "table2": [("Reflection hurts: P+M minus P+M+R", in_column("P+M"), in_column("P+M+R"))]
    + [(f"Relevance helps most: relevance minus {other}", in_row("Relevance"),
        in_row(other.capitalize()))
       for other in ("none", "summary", "recency", "importance")],
    "table3": [
        ("Generation over editing: generation minus editing", in_column("Generation"),
         in_column("Editing"))]
    + [(f"Cosine decay is best: cosine decay minus {other.lower()}", in_row("Cosine decay"),
        in_row(other)) for other in ("No control", "Fixed", "Linear decay")]
    + [("Warm-up hurts: without minus with warm-up",
        in_row("Fixed", "Linear decay", "Cosine decay"),
        in_row("Fixed + warm-up", "Linear decay + warm-up", "Cosine decay + warm-up"))],
}
