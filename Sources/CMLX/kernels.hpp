// SPDX-License-Identifier: Apache-2.0
// Loops over rows of 32-bit numbers that the compiler turns into vector instructions, one variant
// for each kind of processor. Each call works on one row or on a span; rows are shared out by
// `Workers`.
#pragma once

#include <cstddef>
#include <cstdint>

#include "include/optimizers.h"

namespace cmlx::kernels {

void gated_silu(const float* gate, const float* up, float* out, size_t count);
void gated_silu_gradient(const float* gate, const float* up, const float* slope, float* gate_slope,
                         float* up_slope, size_t count);

void rms_norm(const float* x, const float* weight, float epsilon, float* out, size_t count);
// The gradient by x; `weight` may be null.
void rms_norm_gradient(const float* x, const float* weight, float epsilon, const float* slope,
                       float* out, size_t count);

// log Σ exp(logits).
float log_sum(const float* logits, size_t count);
// scale · softmax(logits), whose `log_sum` is known.
void softmax(const float* logits, float log_sum, float scale, float* out, size_t count);

// softmax(scale · scores) over the first `seen` values, 0 after them.
void causal_softmax(const float* scores, float scale, size_t seen, float* out, size_t count);
void causal_softmax_gradient(const float* chances, const float* slope, float scale, size_t seen,
                             float* out, size_t count);

// Turns pairs of values by angles given as cosines and sines, `half` of each, forward with `turn` 1
// and back with -1; the rest is copied.
void rotate(const float* x, const float* cosines, const float* sines, float turn, bool adjacent,
            float* out, size_t half, size_t count);

// One update of AdamW: takes the gradient `slope` into both moments, and puts the parameter moved into
// the gradient's place. What is written lies where it was read, which saves a third of the traffic.
void adam(const float* parameter, const cmlx_adam& numbers, float* slope, float* mean, float* square,
          size_t count);
float sum_of_squares(const float* x, size_t count);

}  // namespace cmlx::kernels
