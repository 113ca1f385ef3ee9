#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks Tests/HoneTrainingTests/Fixtures/decoders.json against transformers' own models in PyTorch.

Every family's tiny model is built from the class of its name, in double precision, with the weights
that the fixture's formula gives: logits, the loss with the low-rank change merged in, and the slopes,
here by automatic differentiation, must agree to 1e-4. Needs numpy, torch and transformers 4.57.
"""
import importlib.util
import json
import pathlib
import sys

import torch
import transformers

BOUND = 1e-4
here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("maker", here / "make-decoder-fixtures.py")
maker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(maker)
torch.set_default_dtype(torch.float64)

ATTENTION = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
             "attn_output": "self_attn.o_proj"}
GATED = {"ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}
NORMS = {"attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm"}
OWN_NORMS = {"attn_q_norm": "self_attn.q_norm", "attn_k_norm": "self_attn.k_norm"}
NAMES = {
    "llama": ATTENTION | GATED | NORMS,
    "qwen2": ATTENTION | GATED | NORMS,
    "qwen3": ATTENTION | GATED | NORMS | OWN_NORMS,
    "gemma3": ATTENTION | GATED | OWN_NORMS | {
        "attn_norm": "input_layernorm", "post_attention_norm": "post_attention_layernorm",
        "ffn_norm": "pre_feedforward_layernorm", "post_ffw_norm": "post_feedforward_layernorm"},
    "phi2": {"attn_output": "self_attn.dense", "ffn_up": "mlp.fc1", "ffn_down": "mlp.fc2",
             "attn_norm": "input_layernorm"},
    "phi3": NORMS | {"attn_qkv": "self_attn.qkv_proj", "attn_output": "self_attn.o_proj",
                     "ffn_up": "mlp.gate_up_proj", "ffn_down": "mlp.down_proj"},
}


def model(family, c):
    """The family's class in transformers, in the fixture's sizes."""
    sizes = dict(vocab_size=c["vocabulary"], hidden_size=c["hidden"], num_hidden_layers=c["blocks"],
                 intermediate_size=c["inner"], num_attention_heads=c["heads"], pad_token_id=0,
                 num_key_value_heads=c["keyHeads"], rope_theta=c["base"], bos_token_id=1,
                 eos_token_id=2, tie_word_embeddings=family != "phi2", attn_implementation="eager")
    norm = dict(rms_norm_eps=c["epsilon"])
    if family == "llama":
        return transformers.LlamaForCausalLM(transformers.LlamaConfig(**sizes, **norm))
    if family == "qwen2":
        return transformers.Qwen2ForCausalLM(transformers.Qwen2Config(**sizes, **norm))
    if family == "qwen3":
        return transformers.Qwen3ForCausalLM(
            transformers.Qwen3Config(**sizes, **norm, head_dim=c["head"]))
    if family == "gemma3":
        return transformers.Gemma3ForCausalLM(transformers.Gemma3TextConfig(
            **sizes, **norm, head_dim=c["head"], query_pre_attn_scalar=c["head"],
            sliding_window=c["window"], rope_local_base_freq=c["windowBase"],
            layer_types=["sliding_attention", "full_attention"]))
    if family == "phi2":
        return transformers.PhiForCausalLM(transformers.PhiConfig(
            **sizes, layer_norm_eps=c["epsilon"], hidden_act="gelu_new",
            partial_rotary_factor=c["rotary"] / c["head"]))
    return transformers.Phi3ForCausalLM(transformers.Phi3Config(**sizes, **norm))


def renamed(family, c, weights):
    """The fixture's tensors under transformers' names; some are cut or turned."""
    out = {}
    for name, value in weights.items():
        if name.startswith("output") or name.startswith("token_embd"):
            top = {"token_embd.weight": "model.embed_tokens.weight", "output.weight": "lm_head.weight",
                   "output.bias": "lm_head.bias"}
            last = "final_layernorm" if family == "phi2" else "norm"
            key = top.get(name) or f"model.{last}.{name.split('.')[1]}"
        else:
            _, block, part, kind = name.split(".")
            prefix = f"model.layers.{block}."
            if family == "phi2" and part == "attn_qkv":
                q, k = c["heads"] * c["head"], c["keyHeads"] * c["head"]
                for p, rows in zip("qkv", torch.split(value, [q, k, k])):
                    out[f"{prefix}self_attn.{p}_proj.{kind}"] = rows
                continue
            if family == "llama" and part in ("attn_q", "attn_k"):
                # Neighbours turn together in GGUF files, halves of a head in transformers.
                heads = value.reshape(-1, c["head"] // 2, 2, value.shape[-1])
                value = heads.transpose(1, 2).reshape(value.shape)
            key = f"{prefix}{NAMES[family][part]}.{kind}"
        out[key] = value - 1 if family == "gemma3" and "norm" in key else value
    if "lm_head.weight" not in out:
        out["lm_head.weight"] = out["model.embed_tokens.weight"]
    return out


def check(family, expected):
    c = maker.BASE | maker.FAMILIES[family]
    shapes = maker.shapes(c)
    weights = {name: torch.tensor(value) for name, value in maker.formula(shapes).items()}
    sizes = {}
    for layer, shape in shapes.items():
        if layer.startswith("blk.") and len(shape) == 2:
            sizes[layer + ".lora_a"] = (maker.RANK, shape[1])
            sizes[layer + ".lora_b"] = (shape[0], maker.RANK)
    change = {name: torch.tensor(value, requires_grad=True)
              for name, value in maker.formula(sizes).items()}
    network = model(family, c).double()
    plain = renamed(family, c, weights)
    missing = set(network.state_dict()) ^ set(plain)
    if missing:
        sys.exit(f"error: {family}: {sorted(missing)} are on one side only")
    tokens = torch.tensor([maker.TOKENS])

    def logits(tensors):
        return torch.func.functional_call(network, tensors, (tokens,)).logits[0]

    merged = {name: value + maker.SCALE * change[name + ".lora_b"] @ change[name + ".lora_a"]
              if name + ".lora_a" in change else value for name, value in weights.items()}
    loss = torch.nn.functional.cross_entropy(
        logits(renamed(family, c, merged))[maker.PLACES], torch.tensor(maker.TARGETS))
    loss.backward()
    with torch.no_grad():
        found = dict(
            logits=(logits(plain).reshape(-1) - torch.tensor(expected["logits"])).abs().max().item(),
            loss=abs(loss.item() - expected["changedLoss"]),
            slopes=max(abs(value.grad.reshape(-1)[3 % value.numel()].item()
                           - expected["slopes"][name]) for name, value in change.items()))
    print(f"{family:7}" + "".join(f"  {what} {worst:.1e}" for what, worst in found.items()))
    return max(found.values()) < BOUND


fixture = json.loads(
    (here.parent / "Tests/HoneTrainingTests/Fixtures/decoders.json").read_text())
results = [check(family, case) for family, case in fixture["cases"].items()]
sys.exit(0 if all(results) else f"error: differences of {BOUND} or more")
