# SPDX-License-Identifier: Apache-2.0
"""Writes the benchmark's requests as JSON: python3 make-requests.py DATA.jsonl OUT.json

8 prompts x 48 examples, the prompt after the question. Without the data file, 48 questions of the
same kind are made up here, so that the benchmark always runs.
"""

import json
import os
import sys

PROMPTS = [
    "Let's think step by step.",
    "Answer yes or no.",
    "Is it plausible? Reply with yes or no only.",
    "Think about which sport the person plays, then answer yes or no.",
    "Decide whether the athlete and the action belong to the same sport.",
    "Reply with one word: yes if plausible, no if not.",
    "You are a sports expert. Say if the sentence makes sense.",
    "Check the player's sport first and answer with yes or no.",
]

ATHLETES = ["The goalkeeper", "The pitcher", "The quarterback", "The point guard", "The sprinter",
            "The jockey", "The curler", "The fencer"]
ACTIONS = ["threw a touchdown", "scored a free kick", "hit a home run", "made a three-pointer",
           "crossed the finish line first", "won the set on a serve"]


def questions(path):
    if os.path.exists(path):
        with open(path, encoding="utf-8") as lines:
            return [json.loads(line)["input"] for line in lines][:48], True
    return [f'Is the following sentence plausible? "{who} {did}."'
            for who in ATHLETES for did in ACTIONS], False


def main():
    examples, found = questions(sys.argv[1])
    chats = [f"{example}\n{prompt}" for prompt in PROMPTS for example in examples]
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump({"chats": chats, "maxTokens": 16}, out)
    print("bbh/sports_understanding" if found else "made-up questions (no ../shared/data)")


main()
