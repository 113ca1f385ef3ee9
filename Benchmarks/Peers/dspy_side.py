# SPDX-License-Identifier: Apache-2.0
"""One run of DSPy's MIPROv2 or GEPA over a server; writes its figures as JSON. See peers.py.

Usage: dspy_side.py METHOD SERVER CALLS SEED KIND MAX_TOKENS TRAIN DEV TEST OUT, where KIND is `number` or the
last letter of the options, and the files are of JSON lines with `input` and `answer`.
"""

import json
import math
import re
import sys
import threading
import time

import dspy

METHOD, SERVER, CALLS, SEED, KIND, LENGTH, TRAIN, DEV, TEST, OUT = sys.argv[1:]
CALLS, SEED, LENGTH = int(CALLS), int(SEED), int(LENGTH)
MINIBATCH, FULL_EVERY = 35, 5


class Counted(dspy.LM):
    """A model that counts its calls and tokens."""

    def __init__(self, **settings):
        super().__init__(
            "openai/any", api_base=SERVER, api_key="none", cache=False, num_retries=2, **settings)
        self.lock, self.calls, self.tokens = threading.Lock(), 0, 0

    def forward(self, *arguments, **settings):
        result = super().forward(*arguments, **settings)
        usage = dict(getattr(result, "usage", None) or {})
        with self.lock:
            self.calls += 1
            self.tokens += int(usage.get("total_tokens") or 0)
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
            if len(names) != 1 or not completion:
                raise
            return {names[0]: completion}


class Answer(dspy.Signature):
    """Let's think step by step."""

    input: str = dspy.InputField()
    answer: str = dspy.OutputField()


def compiled(student, train, dev, writer):
    if METHOD == "mipro":
        # As many trials as the calls pay for, after the seed on dev and demonstrations for each set.
        small = len(dev) > 1.5 * MINIBATCH
        trial = MINIBATCH + len(dev) / FULL_EVERY if small else len(dev)
        trials = max(1, int((CALLS - len(dev) - 5 * len(train) / 2) / trial))
        optimizer = dspy.MIPROv2(
            metric=score, prompt_model=writer, auto=None, num_candidates=6, num_threads=4, seed=SEED,
            max_errors=100_000)
        return optimizer.compile(
            student, trainset=train, valset=dev, num_trials=trials, minibatch=small,
            minibatch_size=MINIBATCH, minibatch_full_eval_steps=FULL_EVERY)
    optimizer = dspy.GEPA(
        metric=feedback, max_metric_calls=CALLS, reflection_lm=writer, num_threads=4, seed=SEED)
    return optimizer.compile(student, trainset=train, valset=dev)


def tested(program, test):
    evaluator = dspy.Evaluate(
        devset=test, metric=score, num_threads=4, display_progress=False, max_errors=100_000)
    return [float(entry[2] or 0) for entry in evaluator(program).results]


def main():
    task, writer = Counted(temperature=0.0, max_tokens=LENGTH), Counted(temperature=1.0, max_tokens=512)
    # Without the second try in JSON, which would take two calls for one.
    dspy.configure(lm=task, adapter=Lenient(use_json_adapter_fallback=False))
    train, dev, test = rows(TRAIN), rows(DEV), rows(TEST)
    student, started = dspy.Predict(Answer), time.monotonic()
    best = compiled(student, train, dev, writer)
    calls = task.calls
    figures = {"calls": calls, "writing": writer.calls, "seed_rows": tested(student, test),
               "best_rows": tested(best, test), "tokens": task.tokens + writer.tokens,
               "seconds": time.monotonic() - started, "instruction": best.signature.instructions,
               "demonstrations": len(best.demos), "dspy": dspy.__version__}
    with open(OUT, "w") as out:
        json.dump(figures, out)


main()
