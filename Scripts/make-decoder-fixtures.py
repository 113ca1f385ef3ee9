#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/HoneTrainingTests/Fixtures/decoders.json: what tiny models of each family compute.

The models are computed here once more, in double precision and without the array library: logits,
the loss on two targets, and slopes of the loss by entries of a low-rank change, measured by small
steps. Weights follow from a formula, so that they need no room in the file. Needs numpy 2.
Scripts/check-decoder-fixtures.py compares the file with transformers' own models in PyTorch; they
agree to 2e-6.
"""
import json
import pathlib

import numpy as np

TOKENS = [3, 1, 4, 1, 5, 9, 2]
PLACES = [4, 5]
TARGETS = [7, 6]
RANK = 2
SCALE = 1.5
STEP = 1e-5

BASE = dict(blocks=2, hidden=8, heads=2, keyHeads=1, head=4, inner=12, vocabulary=11, rotary=4,
            adjacent=False, epsilon=1e-5, base=100.0, norm="rms", activation="silu", gated=True,
            parallel=False, scale=1.0, window=0, pattern=0, windowBase=0.0, extra=[], fused=False)
FAMILIES = {
    "llama": dict(adjacent=True),
    "qwen2": dict(extra=["attn_q.bias", "attn_k.bias", "attn_v.bias"]),
    "qwen3": dict(extra=["attn_q_norm.weight", "attn_k_norm.weight"]),
    "gemma3": dict(activation="gelu", scale=8.0 ** 0.5, window=3, pattern=2, windowBase=10.0,
                   extra=["attn_q_norm.weight", "attn_k_norm.weight",
                          "post_attention_norm.weight", "post_ffw_norm.weight"]),
    "phi2": dict(norm="layer", activation="gelu", gated=False, parallel=True, rotary=2,
                 fused=True, extra=["attn_qkv.bias", "attn_output.bias", "ffn_up.bias",
                                    "ffn_down.bias", "attn_norm.bias"]),
    "phi3": dict(fused=True),
}


def shapes(c):
    h, q, k = c["hidden"], c["heads"] * c["head"], c["keyHeads"] * c["head"]
    out = {"token_embd.weight": (c["vocabulary"], h), "output_norm.weight": (h,)}
    if c["norm"] == "layer":
        out["output_norm.bias"] = (h,)
        out["output.weight"] = (c["vocabulary"], h)
        out["output.bias"] = (c["vocabulary"],)
    sizes = {"attn_q.bias": q, "attn_k.bias": k, "attn_v.bias": k, "attn_qkv.bias": q + 2 * k,
             "attn_output.bias": h, "ffn_up.bias": c["inner"], "ffn_down.bias": h,
             "attn_norm.bias": h, "attn_q_norm.weight": c["head"], "attn_k_norm.weight": c["head"],
             "post_attention_norm.weight": h, "post_ffw_norm.weight": h}
    for b in range(c["blocks"]):
        p = f"blk.{b}."
        out[p + "attn_norm.weight"] = (h,)
        if not c["parallel"]:
            out[p + "ffn_norm.weight"] = (h,)
        if c["fused"]:
            out[p + "attn_qkv.weight"] = (q + 2 * k, h)
        else:
            out[p + "attn_q.weight"], out[p + "attn_k.weight"] = (q, h), (k, h)
            out[p + "attn_v.weight"] = (k, h)
        out[p + "attn_output.weight"] = (h, q)
        if c["gated"] and not c["fused"]:
            out[p + "ffn_gate.weight"] = (c["inner"], h)
        out[p + "ffn_up.weight"] = (c["inner"] * (2 if c["gated"] and c["fused"] else 1), h)
        out[p + "ffn_down.weight"] = (h, c["inner"])
        for name in c["extra"]:
            out[p + name] = (sizes[name],)
    return out


def formula(names_and_shapes):
    weights = {}
    for k, (name, shape) in enumerate(sorted(names_and_shapes.items())):
        values = 0.4 * np.sin(0.37 * k + 0.91 * np.arange(np.prod(shape)) + 0.5)
        if name.endswith("norm.weight"):
            values = 1 + 0.5 * values
        weights[name] = values.astype(np.float32).astype(np.float64).reshape(shape)
    return weights


def normalize(x, w, name, c):
    if c["norm"] == "layer" and not name.endswith(("q_norm", "k_norm")):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + c["epsilon"])
        return x * w[name + ".weight"] + w[name + ".bias"]
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + c["epsilon"]) * w[name + ".weight"]


def rotate(x, c, base):
    n = c["rotary"]
    angles = np.arange(x.shape[1])[:, None] * base ** (-2 * np.arange(n // 2) / n)
    cos, sin = np.cos(angles), np.sin(angles)
    out = x.copy()
    first, second = (slice(0, n, 2), slice(1, n, 2)) if c["adjacent"] else (
        slice(0, n // 2), slice(n // 2, n))
    out[..., first] = x[..., first] * cos - x[..., second] * sin
    out[..., second] = x[..., first] * sin + x[..., second] * cos
    return out


def activate(x, c):
    if c["activation"] == "silu":
        return x / (1 + np.exp(-x))
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3)))


def logits(c, w, change):
    def linear(x, name):
        y = x @ w[name + ".weight"].T
        if name + ".bias" in w:
            y = y + w[name + ".bias"]
        a, b = change.get(name + ".weight.lora_a"), change.get(name + ".weight.lora_b")
        return y if a is None else y + SCALE * (x @ a.T) @ b.T

    q, k, length = c["heads"] * c["head"], c["keyHeads"] * c["head"], len(TOKENS)
    x = w["token_embd.weight"][TOKENS] * c["scale"]
    for block in range(c["blocks"]):
        p = f"blk.{block}."
        n = normalize(x, w, p + "attn_norm", c)
        if c["fused"]:
            qkv = linear(n, p + "attn_qkv")
            parts = qkv[:, :q], qkv[:, q:q + k], qkv[:, q + k:]
        else:
            parts = linear(n, p + "attn_q"), linear(n, p + "attn_k"), linear(n, p + "attn_v")
        heads = [v.reshape(length, -1, c["head"]).transpose(1, 0, 2) for v in parts]
        windowed = c["window"] and not (c["pattern"] and (block + 1) % c["pattern"] == 0)
        base = c["windowBase"] if windowed and c["windowBase"] else c["base"]
        for i, name in enumerate(["attn_q_norm", "attn_k_norm"]):
            if p + name + ".weight" in w:
                heads[i] = normalize(heads[i], w, p + name, c)
            heads[i] = rotate(heads[i], c, base)
        heads[1], heads[2] = (np.repeat(v, c["heads"] // c["keyHeads"], 0) for v in heads[1:])
        scores = heads[0] @ heads[1].transpose(0, 2, 1) / np.sqrt(c["head"])
        row, column = np.indices((length, length))
        hidden = (column > row) | (windowed and (column <= row - c["window"]))
        scores = np.where(hidden, -np.inf, scores)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended = (scores / scores.sum(-1, keepdims=True)) @ heads[2]
        attended = linear(attended.transpose(1, 0, 2).reshape(length, q), p + "attn_output")
        if p + "post_attention_norm.weight" in w:
            attended = normalize(attended, w, p + "post_attention_norm", c)
        middle = x + attended
        m = n if c["parallel"] else normalize(middle, w, p + "ffn_norm", c)
        up = linear(m, p + "ffn_up")
        if c["gated"]:
            gate = up[:, :c["inner"]] if c["fused"] else linear(m, p + "ffn_gate")
            up = activate(gate, c) * (up[:, c["inner"]:] if c["fused"] else up)
        else:
            up = activate(up, c)
        result = linear(up, p + "ffn_down")
        if p + "post_ffw_norm.weight" in w:
            result = normalize(result, w, p + "post_ffw_norm", c)
        x = middle + result
    x = normalize(x, w, "output_norm", c)
    out = x @ w.get("output.weight", w["token_embd.weight"]).T
    return out + w["output.bias"] if "output.bias" in w else out


def loss(c, w, change):
    rows = logits(c, w, change)[PLACES]
    top = rows.max(-1, keepdims=True)
    logs = rows - top - np.log(np.exp(rows - top).sum(-1, keepdims=True))
    return -logs[np.arange(len(TARGETS)), TARGETS].mean()


def case(name):
    c = BASE | FAMILIES[name]
    w = formula(shapes(c))
    sizes = {}
    for layer, shape in shapes(c).items():
        if layer.startswith("blk.") and len(shape) == 2:
            sizes[layer + ".lora_a"], sizes[layer + ".lora_b"] = (RANK, shape[1]), (shape[0], RANK)
    change = formula(sizes)
    slopes = {}
    for tensor in sorted(change):
        flat = change[tensor].reshape(-1)
        place = 3 % flat.size
        kept = flat[place]
        flat[place] = kept + STEP
        up = loss(c, w, change)
        flat[place] = kept - STEP
        slopes[tensor] = (up - loss(c, w, change)) / (2 * STEP)
        flat[place] = kept
    return dict(configuration={k: v for k, v in c.items() if k != "extra"},
                shapes={k: list(v) for k, v in shapes(c).items()},
                logits=logits(c, w, {}).reshape(-1).round(7).tolist(),
                changedLoss=loss(c, w, change), slopes=slopes)


def main():
    target = pathlib.Path(__file__).parent.parent / "Tests/HoneTrainingTests/Fixtures/decoders.json"
    cases = {name: case(name) for name in FAMILIES}
    target.write_text(json.dumps(
        dict(tokens=TOKENS, places=PLACES, targets=TARGETS, rank=RANK, scale=SCALE, cases=cases),
        separators=(",", ":")) + "\n")
    print(f"wrote {target.name}, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
