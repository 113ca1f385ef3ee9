#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the figures that HoneCore's statistics are tested against, computed by SciPy.

    python3 -m venv /tmp/fixtures
    /tmp/fixtures/bin/pip install scipy==1.17.1
    /tmp/fixtures/bin/python Scripts/make-statistics-fixtures.py

It writes Tests/HoneCoreTests/Fixtures/statistics.json, the same bytes each time.
"""

import json
import pathlib

import numpy
import scipy
from scipy.stats import binomtest, bootstrap, permutation_test

PINNED = "1.17.1"


def mcnemar():
    pairs = [(0, 0), (1, 0), (0, 1), (5, 5), (6, 5), (10, 2), (2, 10), (30, 12), (121, 59)]
    pairs += [(400, 330), (1500, 1400), (2000, 1)]
    for wins, losses in pairs:
        value = binomtest(wins, wins + losses, 0.5).pvalue if wins + losses else 1.0
        yield {"wins": wins, "losses": losses, "p": float(value)}


def wilson():
    shares = [(0, 1), (1, 1), (0, 10), (10, 10), (5, 10), (81, 263), (399, 400), (1, 5000)]
    for successes, trials in shares:
        interval = binomtest(successes, trials).proportion_ci(method="wilson")
        yield {
            "successes": successes,
            "trials": trials,
            "lower": float(interval.low),
            "upper": float(interval.high),
        }


def differences():
    generator = numpy.random.default_rng(7)
    yield [0.25, -0.25]
    yield [1.0, 2.0, 3.0, 4.0, 5.0]
    yield [0.1, 0.2, -0.05, 0.3, 0.0, 0.0, 0.15, -0.1, 0.4, 0.2]
    for size, shift in [(12, 0.1), (16, 0.2), (40, 0.05), (60, 0.08), (200, 0.02)]:
        yield [float(x) for x in numpy.round(generator.normal(shift, 0.2, size), 3)]


def mean(values, axis):
    return numpy.mean(values, axis=axis)


def permutation():
    for values in differences():
        result = permutation_test(
            (values,), mean, permutation_type="samples", vectorized=True, n_resamples=200_000,
            batch=5_000, rng=1)
        yield {"differences": values, "p": float(result.pvalue)}


def bootstrapped():
    for values in list(differences())[3:]:
        result = bootstrap(
            (values,), numpy.mean, n_resamples=200_000, method="percentile", batch=5_000, rng=1)
        interval = result.confidence_interval
        yield {"values": values, "lower": float(interval.low), "upper": float(interval.high)}


def main():
    if scipy.__version__ != PINNED:
        raise SystemExit(f"scipy is {scipy.__version__}; install {PINNED}")
    folder = pathlib.Path(__file__).parent.parent / "Tests/HoneCoreTests/Fixtures"
    document = {
        "made-with": {"scipy": PINNED},
        "mcnemar": list(mcnemar()),
        "wilson": list(wilson()),
        "permutation": list(permutation()),
        "bootstrap": list(bootstrapped()),
    }
    (folder / "statistics.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
