#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares Hone's optimizers with DSPy's MIPROv2 and GEPA on the same rows, model and calls.

  python3 Benchmarks/Peers/peers.py                        all cells, seeds 1 2 3, 2,000 task calls
  python3 Benchmarks/Peers/peers.py --tasks wsc --methods gepa dspy-gepa --seeds 1
  python3 Benchmarks/Peers/peers.py --page-only            the page of the cells made so far

The figures of a cell are a file in Benchmarks/Peers/cells; a cell that has one is not made again, so
delete it, and its run in --results, to make it anew. A stopped run of Hone goes on; after Ctrl-C start the
same command again. DSPy asks the same model file through llama-server. Needs `make release`, for DSPy's
cells .deps/dspy (Scripts/bench-client --dspy) and llama-server (Scripts/build-llama --tools). The data is
looked for in ../shared/data; without it no cell can be made.
"""
import argparse
import concurrent.futures
import pathlib
import signal
import sys
import time

from peers.cells import Cell, Failed, stop_running
from peers.methods import METHODS, TASKS
from peers.page import page
from peers.server import Server
from peers.task import Task

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = ROOT.parent / "shared" / "data"


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), default=list(METHODS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--calls", type=int, default=2000, help="task calls of each search")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                        help="a setting of all of Hone's searches beside those of the table, such as "
                             "finalists=0; give other folders as --results and --cells with it")
    parser.add_argument("--beside", type=int, default=1, metavar="N",
                        help="cells that are made at once; several of DSPy's share the server's batches")
    parser.add_argument("--hone", type=pathlib.Path, default=ROOT / ".build" / "release" / "hone")
    parser.add_argument("--python", type=pathlib.Path, default=ROOT / ".deps" / "dspy" / "bin" / "python")
    parser.add_argument("--server", type=pathlib.Path,
                        default=ROOT / ".deps" / "llama" / "bin" / "llama-server")
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "Benchmarks" / "results" / "peers",
                        help="the folder of runs and of what the server answered")
    parser.add_argument("--cells", type=pathlib.Path, default=HERE / "cells", help="the folder of figures")
    parser.add_argument("--out", type=pathlib.Path, help="the Markdown file; else it is printed")
    parser.add_argument("--page-only", action="store_true", help="make no cell")
    options = parser.parse_args()
    # Task files name their rows from where they lie themselves.
    options.results = options.results.resolve()
    return options


def make(cells, options):
    """Makes the cells that have no figures yet."""
    left = [cell for cell in cells if not cell.file.exists()]
    if not left:
        return
    if not DATA.exists():
        print(f"No cell can be made: the task data is not in {DATA}.", file=sys.stderr)
        return
    if not options.hone.exists():
        sys.exit(f"{options.hone} is missing; run: make release")
    # So that the server and the runs in progress end with this command.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped; the same command goes on from here"))
    server = Server(options.hone, options.server, options.results / "answers.sqlite", options.beside)
    for task in {cell.task.name: cell.task for cell in left}.values():
        task.prepare()
    pool = concurrent.futures.ThreadPoolExecutor(options.beside)
    try:
        made = {pool.submit(timed, cell, options, server): cell for cell in left}
        for number, done in enumerate(concurrent.futures.as_completed(made), 1):
            print(f"[{number}/{len(left)}] {done.result()}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on from here")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_running()
        pool.shutdown()
        server.stop()


def timed(cell, options, server):
    """Makes a cell; a line about it."""
    started = time.monotonic()
    try:
        cell.make(options, server)
    except Failed as failure:
        return failure
    found = cell.figures()
    seed, best = (100 * found[key].count("1") / len(found[key]) for key in ("seed_rows", "best_rows"))
    return f"{cell.name}: test {seed:.1f} % to {best:.1f} %, {time.monotonic() - started:.0f} s"


def main():
    options = arguments()
    tasks = [Task(name, HERE, DATA, options.results, options.calls) for name in options.tasks]
    cells = [Cell(task, method, seed, options.cells)
             for seed in options.seeds for task in tasks for method in options.methods]
    if not options.page_only:
        make(cells, options)
    text = page(cells, options.calls, options.seeds) + "\n"
    if options.out:
        options.out.write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
