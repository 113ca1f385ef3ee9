# SPDX-License-Identifier: Apache-2.0
"""Ten objectives over unordered choices and whole numbers, each to be made as large as possible.

An axis is ("c", n) for n choices without an order, or (low, high) for the whole numbers between.
"""

import math
import random


def table(seed, *sizes):
    """A fixed table of numbers from 0 to 1, one for each combination of so many choices."""
    draw = random.Random(seed)
    values = [draw.random() for _ in range(math.prod(sizes))]

    def look(*choices):
        place = 0
        for choice, size in zip(choices, sizes):
            place = place * size + choice
        return values[place]

    return look


HIDDEN = (1, 4, 0, 5, 2)
FIRST, SECOND, THIRD, FOURTH = (table(seed, 6) for seed in (1, 2, 3, 4))
PAIR, OTHER = table(5, 6, 6), table(6, 6, 6)
WIDE, DEEP = table(7, 40), table(8, 40)
GATE = table(9, 4, 4)


def matching(p):
    """How many of five choices are the hidden ones."""
    return sum(a == b for a, b in zip(p, HIDDEN))


def additive(p):
    """Instruction and demonstrations of two stages, each adding something of its own."""
    return 0.3 * FIRST(p[0]) + 0.2 * SECOND(p[1]) + 0.3 * THIRD(p[2]) + 0.2 * FOURTH(p[3])


def coupled(p):
    """The same with choices that go well together only in pairs."""
    return 0.4 * PAIR(p[0], p[1]) + 0.4 * OTHER(p[2], p[3]) + 0.2 * GATE(p[0] % 4, p[3] % 4)


def accuracy(p):
    """The same as right answers of 35 rows, so that many combinations tie."""
    return round(35 * (0.5 * additive(p) + 0.5 * coupled(p))) / 35


def wide(p):
    """Two choices among forty each, with little to go by."""
    return WIDE(p[0]) + DEEP(p[1]) + 0.5 * (WIDE(p[0]) * DEEP(p[1]))


def bowl(p):
    """A bowl of two numbers up to a hundred."""
    return -((p[0] - 37) ** 2) - (p[1] - 81) ** 2


def valley(p):
    """A bent valley of three numbers."""
    x, y, z = (value / 10 for value in p)
    return -(10 * (y - x * x) ** 2 + (1 - x) ** 2 + 10 * (z - y * y) ** 2 + (1 - y) ** 2)


def waves(p):
    """A bowl of four numbers with many small hills."""
    return -sum(v * v / 40 + 3 * (1 - math.cos(v * math.pi / 3)) for v in (a - b for a, b in zip(p, (3, -7, 5, 0))))


def gated(p):
    """Two choices say where the best of three numbers is."""
    centre = 10 * GATE(p[0], p[1])
    return 5 * GATE(p[0], p[1]) - sum(abs(v - centre) for v in p[2:]) / 10


def trap(p):
    """Five numbers whose slope leads away from the best value, which stands alone at the end."""
    return sum(1.2 if v == 12 else (11 - v) / 11 for v in p)


ALL = {
    "matching": ([("c", 6)] * 5, matching),
    "additive": ([("c", 6)] * 4, additive),
    "coupled": ([("c", 6)] * 4, coupled),
    "accuracy": ([("c", 6)] * 4, accuracy),
    "wide": ([("c", 40)] * 2, wide),
    "bowl": ([(0, 99)] * 2, bowl),
    "valley": ([(-20, 20)] * 3, valley),
    "waves": ([(-15, 15)] * 4, waves),
    "gated": ([("c", 4)] * 2 + [(0, 20)] * 3, gated),
    "trap": ([(0, 12)] * 5, trap),
}
