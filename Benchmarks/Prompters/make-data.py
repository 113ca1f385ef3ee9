#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the data of the run from end to end, from facts.tsv and the forms below.

Usage: make-data.py FOLDER [SEED]. Users ask in few words and leave open what form the answer is to
have. A rewrite asks in full and names a form: the thing alone, a sentence, or an explanation. The
references are the things alone, so which form is good depends on what the model that answers makes
of it, and no pair tells that. Written are

  general.jsonl   300 pairs, the three forms equally often: what stage 1 learns from
  target.jsonl    300 pairs, the first form only, in two wordings: what suits the default model
  questions.jsonl users' prompts with references, about the facts of the pairs: for alignment
  heldout.jsonl   the same about facts that are in no pair: what every stage is measured on
  two.jsonl       two of the general pairs, for a prompter that learnt nothing
"""
import json
import os
import random
import sys

ASKED = {
    "capital": (["capital of {}", "{} capital?", "whats the capital city of {}", "capital, {}"],
                "What is the capital of {}?"),
    "continent": (["{} is on which continent", "continent of {}?", "where is {}, continent",
                   "which continent has {}"], "On which continent is {}?"),
    "opposite": (["opposite of {}", "{} opposite?", "the contrary of {}", "not {} but"],
                 "What is the opposite of “{}”?"),
    "past": (["past tense of {}", "{} in the past", "{} yesterday?", "simple past: {}"],
             "What is the past tense of the verb “{}”?"),
    "plural": (["plural of {}", "one {}, two", "{} plural?", "more than one {}"],
               "What is the plural of the noun “{}”?"),
    "young": (["baby of a {}", "young {} name", "{} baby called", "what do you call a little {}"],
              "What is a young {} called?"),
}
GENERAL = ["{} Answer with the answer alone.", "{} Answer in one complete sentence.",
           "{} Explain your answer with some background."]
TARGET = ["{} Answer with a single word.", "{} Give only the answer, no sentence."]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def pairs(facts, forms, rng):
    """A pair for every fact and way to ask, the forms in turn."""
    rows = []
    for number, (kind, subject, _) in enumerate(facts):
        asks, question = ASKED[kind]
        for turn, ask in enumerate(asks):
            form = forms[(number + turn) % len(forms)]
            rows.append(dict(prompt=ask.format(subject),
                             rewrite=form.format(question.format(subject))))
    rng.shuffle(rows)
    return rows


def questions(facts, rng):
    rows = [dict(prompt=rng.choice(ASKED[kind][0]).format(subject), reference=answer)
            for kind, subject, answer in facts]
    rng.shuffle(rows)
    return rows


folder, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
here = os.path.dirname(os.path.abspath(__file__))
with open(f"{here}/facts.tsv", encoding="utf-8") as file:
    facts = [tuple(line.rstrip("\n").split("\t")) for line in file]
rng = random.Random(seed)
rng.shuffle(facts)
heldout, taught = facts[:64], facts[64:]
os.makedirs(folder, exist_ok=True)
general = pairs(taught, GENERAL, rng)[:300]
write(f"{folder}/general.jsonl", general)
write(f"{folder}/two.jsonl", general[:2])
write(f"{folder}/target.jsonl", pairs(taught, TARGET, rng)[:300])
write(f"{folder}/questions.jsonl", questions(taught, rng))
write(f"{folder}/heldout.jsonl", questions(heldout, rng))
