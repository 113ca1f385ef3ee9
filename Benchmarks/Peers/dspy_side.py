# SPDX-License-Identifier: Apache-2.0
"""One run of DSPy's MIPROv2 or GEPA over a server; writes its figures as JSON. See peers.py.

Usage: dspy_side.py METHOD SERVER CALLS SEED KIND MAX_TOKENS INSTRUCTION TRAIN DEV TEST OUT, where KIND is
`number` or the last letter of the options, and the files are of JSON lines with `input` and `answer`.
"""

import json
import math
import re
import sys
import threading
import time

import dspy

METHOD, SERVER, CALLS, SEED, KIND, LENGTH, INSTRUCTION, TRAIN, DEV, TEST, OUT = sys.argv[1:]
CALLS, SEED, LENGTH = int(CALLS), int(SEED), int(LENGTH)
MINIBATCH, FULL_EVERY, THREADS = 35, 5, 4


class Count:
    """Calls, tokens and time in calls of one role; not part of the model, since optimizers copy that."""

    def __init__(self):
        self.lock, self.calls, self.tokens, self.seconds = threading.Lock(), 0, 0, 0.0

    def add(self, usage, seconds):
        with self.lock:
            self.calls += 1
            self.tokens += int(usage.get("total_tokens") or 0)
            self.seconds += seconds


COUNTS = {"task": Count(), "writer": Count()}


class Counted(dspy.LM):
    """A model whose calls and tokens are counted for its role."""

    def __init__(self, role, **settings):
        super().__init__(
            "openai/any", api_base=SERVER, api_key="none", cache=False, num_retries=2, **settings)
        self.role = role

    def forward(self, *arguments, **settings):
        started = time.monotonic()
        result = super().forward(*arguments, **settings)
        COUNTS[self.role].add(dict(getattr(result, "usage", None) or {}), time.monotonic() - started)
        return result


def rows(file):
    with open(file) as lines:
        return [dspy.Example(**json.loads(line)).with_inputs("input") for line in lines]


def read(text):
    """The answer in a text: the last number, or the first letter in brackets, else a letter alone."""
    text = str(text or "")
    if KIND == "number":
        found = re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)
        return float(found[-1].replace(",", "")) if found else None
    found = (re.search(rf"\(([A-{KIND}])\)", text, re.I) or re.search(rf"\b([A-{KIND}])\b", text))
    return found[1].upper() if found else None


def right(row, prediction):
    found = read(getattr(prediction, "answer", ""))
    if KIND == "number":
        return float(found is not None and math.isclose(found, read(row.answer), abs_tol=1e-6))
    return float(found is not None and found == read(row.answer))


def score(row, prediction, trace=None, *_):
    return right(row, prediction)


def feedback(row, prediction, trace=None, *_):
    value = right(row, prediction)
    text = "This is right." if value else f"This is wrong; the right answer is {row.answer}."
    return dspy.Prediction(score=value, feedback=text)


class Lenient(dspy.ChatAdapter):
    """Takes a reply without DSPy's marks as the one field asked for; a small model rarely writes them."""

    def parse(self, signature, completion):
        try:
            return super().parse(signature, completion)
        except Exception:
            names = list(signature.output_fields)
            if len(names) != 1:
                raise
            return {names[0]: completion or ""}


def compiled(student, train, dev, writer):
    if METHOD == "mipro":
        # As many trials as the calls pay for, after the seed on dev and demonstrations for each set.
        small = len(dev) > 1.5 * MINIBATCH
        trial = MINIBATCH + len(dev) / FULL_EVERY if small else len(dev)
        trials = max(1, int((CALLS - len(dev) - 5 * len(train) / 2) / trial))
        optimizer = dspy.MIPROv2(
            metric=score, prompt_model=writer, auto=None, num_candidates=12, num_threads=THREADS, seed=SEED,
            max_errors=100_000)
        return optimizer.compile(
            student, trainset=train, valset=dev, num_trials=trials, minibatch=small,
            minibatch_size=MINIBATCH, minibatch_full_eval_steps=FULL_EVERY)
    optimizer = dspy.GEPA(
        metric=feedback, max_metric_calls=CALLS, reflection_minibatch_size=8, reflection_lm=writer, num_threads=THREADS, seed=SEED)
    return optimizer.compile(student, trainset=train, valset=dev)


def tested(program, test):
    evaluator = dspy.Evaluate(
        devset=test, metric=score, num_threads=THREADS, display_progress=False, max_errors=100_000)
    return [float(entry[2] or 0) for entry in evaluator(program).results]


def main():
    task = Counted("task", temperature=0.0, max_tokens=LENGTH)
    writer = Counted("writer", temperature=1.0, max_tokens=96)
    # Without the second try in JSON, which would take two calls for one.
    dspy.configure(lm=task, adapter=Lenient(use_json_adapter_fallback=False))
    train, dev, test = rows(TRAIN), rows(DEV), rows(TEST)
    student = dspy.Predict(dspy.Signature("input: str -> answer: str", INSTRUCTION))
    started = time.monotonic()
    best = compiled(student, train, dev, writer)
    calls, searched = COUNTS["task"].calls, time.monotonic() - started
    figures = {"calls": calls, "writing": COUNTS["writer"].calls, "seed_rows": tested(student, test),
               "best_rows": tested(best, test), "tokens": sum(count.tokens for count in COUNTS.values()),
               "writing_tokens": COUNTS["writer"].tokens, "writing_seconds": COUNTS["writer"].seconds,
               "search_seconds": searched, "seconds": time.monotonic() - started,
               "instruction": best.signature.instructions,
               "demonstrations": len(best.demos), "dspy": dspy.__version__}
    with open(OUT, "w") as out:
        json.dump(figures, out)


main()
