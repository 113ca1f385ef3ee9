# SPDX-License-Identifier: Apache-2.0
"""DSPy's evaluator on the same server; prints one line of JSON.

Usage: dspy_side.py http://127.0.0.1:PORT/v1 ROWS THREADS
"""

import json
import resource
import sys
import time

import dspy

ADDRESS, ROWS, THREADS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


class Sentiment(dspy.Signature):
    """Is this review positive or negative? Answer with one word."""

    review: str = dspy.InputField()
    label: str = dspy.OutputField()


def examples(first, count):
    text = "This is review number {} of something that I liked a lot."
    return [
        dspy.Example(review=text.format(number), label="positive").with_inputs("review")
        for number in range(first, first + count)
    ]


def exact(example, prediction, trace=None):
    return float(example.label == prediction.label)


def evaluate(rows):
    evaluator = dspy.Evaluate(
        devset=rows, metric=exact, num_threads=THREADS, display_progress=False)
    return float(getattr(evaluator(dspy.Predict(Sentiment)), "score", 0))


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


dspy.configure(lm=dspy.LM("openai/any", api_base=ADDRESS, api_key="none", cache=False, max_tokens=64))
# What the library does once is not counted.
evaluate(examples(ROWS, THREADS))
start, used = time.monotonic(), processor()
score = evaluate(examples(0, ROWS))
seconds, cpu = time.monotonic() - start, processor() - used
if score != 100:
    sys.exit(f"error: DSPy read {score} % of the answers")
print(json.dumps({"rows": ROWS, "seconds": seconds, "cpuMilliseconds": cpu / ROWS * 1000}))
