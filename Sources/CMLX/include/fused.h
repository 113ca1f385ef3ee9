// SPDX-License-Identifier: Apache-2.0
// Operations of transformers, each computed in one pass where the library would take several.
#ifndef HONE_CMLX_FUSED_H
#define HONE_CMLX_FUSED_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

// x · weight / root mean square of x, along the last axis. `weight` may be NULL.
cmlx_array cmlx_rms_norm(cmlx_array array, cmlx_array weight, float epsilon);
// (x - mean) / deviation · weight + bias, along the last axis.
cmlx_array cmlx_layer_norm(cmlx_array array, cmlx_array weight, cmlx_array bias, float epsilon);
// Rotary positions on `[batch, heads, length, size]`. `adjacent` turns neighbouring values, else
// values half the rotated size apart. `frequencies` may be NULL; if not, `base` is not used.
cmlx_array cmlx_rotary(cmlx_array array, int rotated, int adjacent, float base, float scale,
                       int offset, cmlx_array frequencies);
// softmax(scale · queries · keysᵀ + mask) · values, each `[batch, heads, length, size]`; the mask
// may be NULL, and `causal` hides what lies ahead.
cmlx_array cmlx_attention(cmlx_array queries, cmlx_array keys, cmlx_array values, float scale,
                          int causal, cmlx_array mask);
// Linear layers that read one input `[rows, inputs]`: input · Wᵀ + scale · (input · Aᵀ) · Bᵀ with W
// `[outputs, inputs]`, A `[rank, inputs]`, B `[outputs, rank]`; A and B of a layer may be NULL. Hands
// out one array a layer.
int cmlx_changed_linear(cmlx_array input, const cmlx_array *weights, const cmlx_array *a,
                        const cmlx_array *b, int count, float scale, cmlx_array *outputs);
// silu(gate) · up.
cmlx_array cmlx_gated_silu(cmlx_array gate, cmlx_array up);
// -log softmax(logits)[target] for each row of `[rows, vocabulary]`; targets are `[rows]`.
cmlx_array cmlx_cross_entropy(cmlx_array logits, cmlx_array targets);

#ifdef __cplusplus
}
#endif
#endif
