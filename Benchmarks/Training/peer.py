#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The work of TrainingBench in PyTorch, in 32 bits; prints the same JSON object.

Usage: peer.py lora|lora-short|target UPDATES. The model has the default model's shapes and random weights,
which take the same time. LoRA is PEFT's where it is installed (rank 32, all linear layers), and
stage 2 trains a linear layer before the head and the head, without kept hidden states. The head is
computed at all places, as PEFT's users get it; with `lora-short` only where the loss is.
"""
import json
import resource
import statistics
import sys
import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM

what, updates = sys.argv[1], int(sys.argv[2])
torch.manual_seed(0)
model = LlamaForCausalLM(LlamaConfig(
    vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30,
    num_attention_heads=9, num_key_value_heads=3, max_position_embeddings=2048,
    rope_theta=100000.0, rms_norm_eps=1e-5, tie_word_embeddings=what != "target")).float()

if what != "target":
    from peft import LoraConfig, get_peft_model
    model = get_peft_model(model, LoraConfig(
        r=32, lora_alpha=64, task_type="CAUSAL_LM", lora_dropout=0.0,
        target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj",
                        "down_proj"]))
else:
    for parameter in model.parameters():
        parameter.requires_grad = False
    layer = torch.nn.Linear(576, 576)
    with torch.no_grad():
        layer.weight.copy_(torch.eye(576))
        layer.bias.zero_()
    model.lm_head.weight.requires_grad = True
    model.lm_head = torch.nn.Sequential(layer, model.lm_head)

trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=2e-4, weight_decay=0.0)
times = []
for update in range(updates):
    tokens = torch.tensor([[((4 * update + row) * 7919 + i * 104729) % 49000 + 100
                            for i in range(129)] for row in range(4)])
    started = time.perf_counter()
    inputs, labels = tokens[:, :-1], tokens[:, 1:].clone()
    labels[:, :64] = -100
    if what == "lora-short":
        labels = labels[:, -64:]
        logits = model(input_ids=inputs, logits_to_keep=64).logits
    else:
        logits = model(input_ids=inputs).logits
    loss = torch.nn.functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), labels.reshape(-1), ignore_index=-100)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    times.append(time.perf_counter() - started)

seconds = statistics.median(times[1:])
print(json.dumps(dict(
    seconds=round(seconds, 4), tokensPerSecond=round(512 / seconds, 2),
    peakMiB=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)))
