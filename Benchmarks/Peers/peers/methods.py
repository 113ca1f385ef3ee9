# SPDX-License-Identifier: Apache-2.0
"""What is compared: the tasks, and the searches with their settings."""

TASKS = ["wsc", "movie-recommendation", "penguins-in-a-table", "gsm8k"]
MODEL = "smollm2-135m-instruct"
# Settings beside the defaults: rounds enough for the budget to end the search, and up to 4 demonstrations
# and 8 rows of a rewrite on both sides. DSPy's are in dspy_side.py.
METHODS = {
    "bootstrap-random-search": ("Hone, bootstrap-random-search", [
        "--optimizer", "bootstrap-random-search", "--set", "sets=200", "--set", "demonstrations=4"]),
    "mipro": ("Hone, mipro", ["--optimizer", "mipro", "--set", "auto=medium", "--set", "trials=1000"]),
    "gepa": ("Hone, gepa", ["--optimizer", "gepa", "--set", "rounds=1000", "--set", "minibatch=8"]),
    "capo": ("Hone, capo", ["--optimizer", "capo", "--set", "rounds=1000", "--set", "shots=4"]),
    "gpo": ("Hone, gpo", ["--optimizer", "gpo", "--set", "epochs=100"]),
    "gpo-exemplars": ("Hone, gpo, then random-search", [
        "--optimizer", "gpo", "--set", "epochs=100", "--exemplars", "random-search",
        "--set", "exemplar-count=4"]),
    "dspy-mipro": ("DSPy, MIPROv2", None),
    "dspy-gepa": ("DSPy, GEPA", None),
}


def is_of_dspy(method):
    return METHODS[method][1] is None
