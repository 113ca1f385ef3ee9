# SPDX-License-Identifier: Apache-2.0
"""Means of row scores with 95 % intervals that take in both the runs' seeds and the test rows."""
import random

RESAMPLES = 2000


def mean(values):
    return sum(values) / len(values)


def of_groups(groups):
    """The mean of all groups' means, and its interval.

    A group is one run's row scores (or differences of row scores). The interval is a bootstrap in two
    stages: groups are drawn with replacement, then rows within each. With few groups it is rough, and
    with one group it takes in the rows alone.
    """
    groups = [group for group in groups if group]
    if not groups:
        return None
    chance = random.Random(0)
    means = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(groups, k=len(groups))
        means.append(mean([mean(chance.choices(group, k=len(group))) for group in drawn]))
    means.sort()
    edge = round(0.025 * RESAMPLES)
    return mean([mean(group) for group in groups]), means[edge], means[RESAMPLES - 1 - edge]


def differences(first, second):
    """Row by row differences of two runs with the same test rows, first minus second."""
    if len(first) != len(second):
        raise SystemExit(f"two runs to compare have {len(first)} and {len(second)} test rows; "
                         "use one --out and --results for one setting of --dev and --test")
    return [a - b for a, b in zip(first, second)]


def averaged(runs):
    """The row scores of several runs with the same test rows, averaged row by row."""
    return [mean(rows) for rows in zip(*runs)]
