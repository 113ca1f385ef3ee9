#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One iteration of PPO with TRL, the work of `TrainingBench … ppo`; prints the same JSON object.

Usage: peer_ppo.py MODEL.gguf ROUNDS. Needs torch, transformers, peft, gguf and TRL 0.11, the last
whose PPOTrainer takes rewrites and rewards from outside: later ones want the reward as a network.
The default model writes 64 rewrites, the same model answers them, the reward is the share of words
that an answer has in common with its prompt, and one pass over the rewrites makes eight updates of
LoRA changes (rank 32, all linear layers).
"""
import json
import os
import resource
import statistics
import sys
import time

import torch
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import AutoModelForCausalLMWithValueHead, PPOConfig, PPOTrainer

END = "<|im_end|>"
path, rounds = sys.argv[1], int(sys.argv[2])
with open(f"{os.path.dirname(os.path.abspath(__file__))}/ppo-prompts.json", encoding="utf-8") as file:
    work = json.load(file)
torch.manual_seed(0)
folder, name = os.path.split(os.path.abspath(path))
tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name, padding_side="left")
tokenizer.pad_token = END


def load():
    found = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, torch_dtype=torch.float32)
    # The head is the embeddings, which reading GGUF files leaves out.
    found.config.tie_word_embeddings = True
    found.tie_weights()
    return found


base, target = load(), load()
model = AutoModelForCausalLMWithValueHead.from_pretrained(base, peft_config=LoraConfig(
    r=32, lora_alpha=64, lora_dropout=0.0, task_type="CAUSAL_LM",
    target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]))
trainer = PPOTrainer(
    PPOConfig(batch_size=64, mini_batch_size=8, ppo_epochs=1, learning_rate=1.41e-5,
              log_with=None, seed=0),
    model, None, tokenizer)
ending = dict(max_new_tokens=work["maxTokens"], pad_token_id=tokenizer.pad_token_id,
              eos_token_id=tokenizer.pad_token_id)
draw = dict(do_sample=True, temperature=1.0, top_k=0, top_p=1.0)


def chat(user, system=None):
    """The form that the default model was trained on."""
    before = f"<|im_start|>system\n{system}<|im_end|>\n" if system else ""
    return f"{before}<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n"


def answers(texts, batch=16):
    found = []
    for start in range(0, len(texts), batch):
        rows = tokenizer([chat(t) for t in texts[start:start + batch]],
                         return_tensors="pt", padding=True, add_special_tokens=False)
        with torch.no_grad():
            out = target.generate(**rows, do_sample=False, **ending)
        found += tokenizer.batch_decode(out[:, rows["input_ids"].shape[1]:],
                                        skip_special_tokens=True)
    return found


def reward(prompt, answer):
    wanted, given = set(prompt.lower().split()), answer.lower().split()
    return sum(word in wanted for word in given) / max(1, len(given))


times, written = [], []
prompts = [prompt for prompt in work["prompts"] for _ in range(work["samples"])]
for _ in range(rounds):
    started = time.perf_counter()
    queries = [tokenizer(chat(p, work["instruction"]), return_tensors="pt",
                         add_special_tokens=False)["input_ids"][0] for p in prompts]
    responses = trainer.generate(queries, batch_size=16, return_prompt=False, **draw, **ending)
    rewrites = tokenizer.batch_decode(responses, skip_special_tokens=True)
    scores = [torch.tensor(reward(p, a)) for p, a in zip(prompts, answers(rewrites))]
    trainer.step(queries, responses, scores)
    times.append(time.perf_counter() - started)
    written.append(sum(len(r) for r in responses) / len(responses))

print(json.dumps(dict(
    seconds=round(statistics.median(times), 3), tokensWritten=round(statistics.mean(written), 1),
    peakMiB=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)))
