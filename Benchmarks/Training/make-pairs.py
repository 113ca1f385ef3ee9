#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes pairs of prompts by a grammar, for a run from end to end that needs no large model.

Usage: make-pairs.py plain|target COUNT SEED FILE. A short request about a topic becomes one that says
what form the answer is to have. `target` writes in another manner, as a second model might want it.
"""
import json
import random
import sys

TOPICS = """rain volcanoes tides sleep bread coffee bees whales bridges maps clocks rockets vaccines
glaciers deserts kites chess violins paper silk salt honey cheese soap glass steel rubber batteries
magnets lasers radar sonar compasses lighthouses canals tunnels elevators bicycles trams ferries
satellites comets eclipses auroras coral mangroves mushrooms mosses ferns cacti orchids wolves owls
salmon octopuses ants spiders turtles penguins camels horses llamas potatoes rice maize lentils
olives pepper vanilla cocoa tea yoghurt""".split()
ASKS = ["tell me about {}", "{}?", "how do {} work", "explain {}", "what is the deal with {}",
        "i want to know about {}", "write something on {}", "why do {} matter", "{} for beginners",
        "give me facts on {}"]
FORMS = ["Explain {} in three short paragraphs for a curious adult, with one example from daily life.",
         "Explain {} step by step in plain words, and end with a summary of one sentence.",
         "Describe {} in five bullet points, the most important first, each of one sentence."]
TARGET = ["Task: explain {}. Form: three numbered steps. Reader: a pupil of twelve years.",
          "Task: explain {}. Form: one paragraph of at most 80 words. Reader: a busy adult."]

what, count, seed, path = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
rng = random.Random(seed)
forms = FORMS if what == "plain" else TARGET
pairs = [(ask.format(topic), forms[index % len(forms)].format(topic))
         for topic in TOPICS for index, ask in enumerate(ASKS)]
rng.shuffle(pairs)
with open(path, "w", encoding="utf-8") as file:
    for prompt, rewrite in pairs[:count]:
        file.write(json.dumps({"prompt": prompt, "rewrite": rewrite}) + "\n")
