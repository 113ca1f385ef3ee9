#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares optimizers, or the cells of the GPO paper's tables, and writes a Markdown table.

  python3 Benchmarks/Quality/tables.py                   seven methods on seven tasks, seeds 1 2 3
  python3 Benchmarks/Quality/tables.py --grid table2     what the steps are told, on sst2 and agnews
  python3 Benchmarks/Quality/tables.py --grid table3     how they change the prompt
  python3 Benchmarks/Quality/tables.py --grid table6     methods without and with demonstrations
  python3 Benchmarks/Quality/tables.py --tasks sst2 --methods random gpo --calls 2000 --dev 100

Every method gets the same calls, rows and source of proposals. Answers of earlier runs are used
again, and counted as if they were not. A finished run is not repeated and a stopped one goes on: after
Ctrl-C start the same command again. The data is looked for in ../shared/data; without it there is
nothing to do, and the script says so.
"""
import argparse
import pathlib
import sys

from table import cells, grid_page, methods_page, runs, tasks

METHODS = ["random", "ape", "apo", "opro", "pe2", "sgdm", "gpo"]
# Calls of the search, dev rows and test rows, chosen so that all runs take 40 minutes on two cores
# (methods) and an hour (both grids together).
METHOD_SIZES = {False: tasks.Sizes(430, 32, 100), True: tasks.Sizes(300, 24, 72)}
# Its answers are long, and no prompt makes this model sort.
WORD_SORTING_SIZES = tasks.Sizes(100, 8, 32)
GRID_SIZES = tasks.Sizes(500, 24, 100)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grid", choices=["table2", "table3", "table6"],
                        help="the cells of this table of the paper instead of the methods")
    parser.add_argument("--tasks", nargs="+", help="task files of this folder, without .yaml")
    parser.add_argument("--models", nargs="+", help="task models; a base model skips chat tasks")
    parser.add_argument("--methods", nargs="+", default=METHODS)
    parser.add_argument("--seeds", nargs="+", type=positive, default=[1, 2, 3])
    parser.add_argument("--proposer",
                        help="where prompts come from (phrasebook; for table 2 mixture)")
    parser.add_argument("--reading-proposer", default="mixture",
                        help="the same for SGDM, which cannot do with the phrasebook (mixture)")
    parser.add_argument("--calls", type=positive, help="calls of each search, the final test apart")
    parser.add_argument("--dev", type=positive, help="dev rows")
    parser.add_argument("--test", type=positive, help="test rows")
    parser.add_argument("--hone", type=pathlib.Path,
                        default=tasks.ROOT / ".build" / "release" / "hone")
    parser.add_argument("--results", type=pathlib.Path, help="the folder of runs",
                        default=tasks.ROOT / "Benchmarks" / "results" / "tables")
    parser.add_argument("--out", type=pathlib.Path, help="the Markdown file; else it is printed")
    return parser.parse_args()


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not {text}")
    return number


def sizes(options, task):
    base = GRID_SIZES if options.grid else METHOD_SIZES[tasks.is_chat(task)]
    if task == "word-sorting":
        base = WORD_SORTING_SIZES
    return tasks.Sizes(options.calls or base.calls, options.dev or base.dev,
                       options.test or base.test)


def chosen(options):
    """The cells to compare and the tasks and models to compare them on."""
    if options.grid:
        proposer = options.proposer or ("mixture" if options.grid == "table2" else "phrasebook")
        compared = getattr(cells, options.grid)(proposer)
        names = options.tasks or ["sst2", "agnews"]
        models = options.models or tasks.MODELS[:1]
    else:
        proposer = options.proposer or "phrasebook"
        compared = cells.methods(options.methods, proposer, options.reading_proposer)
        names = options.tasks or tasks.CLASSIFICATION + tasks.LITE_BBH
        models = options.models or tasks.MODELS
    tasks.check(names)
    places = [(task, model) for task in names for model in tasks.models_for(task, models)]
    if not places:
        raise SystemExit("nothing to do: the models given are base models and the tasks are chats")
    return compared, places


def heading(options, places):
    wanted = dict.fromkeys(str(sizes(options, task)) for task, _ in places)
    return [f"Seeds {' '.join(map(str, options.seeds))}. Calls of the search, dev rows and test rows: "
            + ", ".join(wanted) + ". Scores in percent of the rows.", ""]


def main():
    options = arguments()
    if not tasks.DATA.exists():
        print(f"Nothing to do: the task data is not in {tasks.DATA}.")
        return
    if not options.hone.exists():
        sys.exit(f"{options.hone} is missing; run: make release")
    compared, places = chosen(options)
    runs.check_models(sorted({model for _, model in places}), options.hone)
    jobs = [runs.Job(task, model, cell, seed, sizes(options, task))
            for seed in options.seeds for task, model in places for cell in compared]
    runs.check_jobs(jobs, options.hone, options.results)
    try:
        done = runs.all_of(jobs, options.hone, options.results)
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on from here")
    figures = {(job.task, job.model, job.cell.key, job.seed): found for job, found in done.items()}
    if options.grid:
        lines = grid_page.page(options.grid, figures, compared, places, options.seeds)
    else:
        lines = methods_page.page(figures, compared, places, options.seeds)
    text = "\n".join(heading(options, places) + lines) + "\n"
    if options.out:
        options.out.write_text(text)
        print(f"{options.out} is written")
    else:
        print(text)


if __name__ == "__main__":
    main()
