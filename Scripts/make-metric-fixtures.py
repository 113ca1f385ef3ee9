#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the figures that HoneCore's text metrics are tested against.

The figures come from the reference implementations, in the versions pinned here:

    python3 -m venv /tmp/fixtures
    /tmp/fixtures/bin/pip install rouge-score==0.1.2 sacrebleu==2.5.1
    /tmp/fixtures/bin/python Scripts/make-metric-fixtures.py

It writes Tests/HoneCoreTests/Fixtures/metrics.json, the same bytes each time.
"""

import json
import pathlib
import random
from importlib.metadata import version

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu import sentence_bleu, sentence_chrf

PINNED = {"rouge-score": "0.1.2", "sacrebleu": "2.5.1"}

# Response and references, chosen for what tokenizers disagree about.
HARD = [
    ("", ["a reference"]),
    ("an answer", [""]),
    ("", [""]),
    ("   \n\t ", ["only white space here"]),
    ("the the the the the the the", ["the cat sat on the mat", "there is a cat on the mat"]),
    ("Akeem plays for the Rams.", ["Akeem plays for the Rams."]),
    ("one", ["one"]),
    ("one two", ["one two three four five six"]),
    ("one two three four five six", ["one two"]),
    ("It's 3.5 miles, isn't it?", ["It is 3.5 miles , is it not ?"]),
    ("Price: $1,234.50 (incl. VAT)", ["The price is $1234.50, incl. VAT", "Price $1,234.50"]),
    ("state-of-the-art", ["state of the art"]),
    ("pages 10-12, 1990-", ["pages 10 - 12, 1990"]),
    ("...,,,...", ["..., ,,"]),
    ("A.B.C. and U.S.A.", ["ABC and USA"]),
    ("5 &lt; 6 &amp;&amp; 7 &gt; 6 &quot;yes&quot;", ['5 < 6 && 7 > 6 "yes"']),
    ("&amp;lt; is not a mark", ["&lt; is not a mark", "< is not a mark"]),
    ("hyphen-\nated line\nbreaks\r\nhere", ["hyphenated line breaks here"]),
    ("<skipped>nothing to see<skipped>", ["nothing to see"]),
    ("Straße, naïve café", ["Strasse, naive cafe", "Straße naïve café"]),
    ("İstanbul ve Iğdır", ["istanbul ve ığdır"]),
    ("The temperature is 300 \u212a", ["the temperature is 300 k"]),
    ("日本語のテキスト。", ["日本語の文章。"]),
    ("emoji 🙂🙃 and 👩‍👩‍👧 family", ["emoji 🙂 and family 👩‍👩‍👧"]),
    ("cafe\u0301", ["caf\u00e9"]),
    ("non\u00a0breaking\u2003spaces\x1cand separators", ["non breaking spaces and separators"]),
    ("UPPER lower MiXeD", ["upper LOWER mixed"]),
    ("a b a b a b a b", ["a b a b", "b a b a b a"]),
    ("x" * 40, ["x" * 20]),
    ("he said \u201cno\u201d \u2014 twice", ['he said "no" - twice']),
    ("1. first\n2. second\n3. third", ["first second third"]),
    ("[CLS] {json: true} `code` ~tilde~ ^caret^ a|b a\\b", ["CLS json true code tilde caret a b"]),
    ("under_score and Kebab-Case and path/to/file", ["under score and kebab case and path to file"]),
    ("email@example.org, http://example.org/?q=1&r=2", ["email at example.org"]),
    ("0.5 .5 5. 5,000,000.00", ["0.5 0.5 5 5000000"]),
    ("-5 + -6 = -11", ["minus 5 plus minus 6 is minus 11", "-5 + -6 = -11"]),
    ("short", ["a much longer reference that the answer does not come near to"]),
    ("the cat", ["the cat sat", "a cat", "the dog and the cat"]),
    ("Ends with spaces   ", ["Ends with spaces"]),
    ("tabs\tand\vvertical\ftabs", ["tabs and vertical tabs"]),
    ("100% of 50% is 50%", ["100 % of 50 % is 50 %"]),
    ("don\u2019t can't won't", ["do not cannot will not"]),
    ("ﬁ ligature and ½", ["fi ligature and 1/2"]),
    ("مرحبا بالعالم", ["مرحبا يا عالم"]),
    ("Привет, мир!", ["привет мир", "Привет, мир!"]),
]

WORDS = (
    "the a cat dog sat on mat it's 3 3.5 1,000 -7 $5 (aside) end. end, end; U.S. e.g. who? yes! "
    "re-run naïve Zürich ÉCOLE 東京 🙂 foo/bar 50% “q” a.b x,y 9- -9 9-9 .5 5. & &amp; _ __ ' ''"
).split(" ")


def random_pairs(count):
    generator = random.Random(20240229)

    def text(low, high):
        words = generator.choices(WORDS, k=generator.randint(low, high))
        return "".join(w + generator.choice([" ", " ", " ", "", "\n", "  "]) for w in words)

    for _ in range(count):
        reference = text(1, 25)
        references = [reference] + [text(1, 25) for _ in range(generator.randint(0, 2))]
        words = reference.split()
        # A response that shares runs with a reference, so that higher orders match.
        start = generator.randint(0, max(0, len(words) - 1))
        middle = " ".join(words[start : start + generator.randint(0, 12)])
        yield text(0, 4) + middle + " " + text(0, 4), references


def main():
    for name, wanted in PINNED.items():
        if version(name) != wanted:
            raise SystemExit(f"{name} is {version(name)}; install {wanted}")
    rouge = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=False)
    rows = []
    for response, references in HARD + list(random_pairs(160)):
        scores = rouge.score_multi(references, response)
        rows.append(
            {
                "response": response,
                "references": references,
                "rouge-1": scores["rouge1"].fmeasure,
                "rouge-2": scores["rouge2"].fmeasure,
                "rouge-l": scores["rougeL"].fmeasure,
                "bleu": sentence_bleu(response, references).score / 100,
                "chrf": sentence_chrf(response, references).score / 100,
            }
        )
    folder = pathlib.Path(__file__).parent.parent / "Tests/HoneCoreTests/Fixtures"
    document = {"made-with": PINNED, "rows": rows}
    (folder / "metrics.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
