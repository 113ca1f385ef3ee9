// SPDX-License-Identifier: Apache-2.0
// Operations of transformers as single nodes of a graph, with their gradients.
#pragma once

#include <optional>

#include "primitive.hpp"

namespace cmlx::operations {

// A linear layer `[outputs, inputs]`, and its change B · A where it has one.
struct ChangedLinear {
  mx::array weight;
  std::optional<mx::array> a, b;
};

// One output a layer, each `[rows, outputs]`.
Arrays changed_linear(const mx::array& input, const std::vector<ChangedLinear>& layers, float scale);

mx::array gated_silu(const mx::array& gate, const mx::array& up);
mx::array rms_norm(const mx::array& x, const mx::array& weight, float epsilon);
// Logits `[rows, vocabulary]`, targets `[rows]` in whole numbers.
mx::array cross_entropy(const mx::array& logits, const mx::array& targets);
// softmax(scale · scores) over `[…, length, seen]`, each row over what is not ahead of it; the last row
// sees all.
mx::array causal_softmax(const mx::array& scores, float scale);
// `[batch, heads, length, size]`, positions counted from the offset.
mx::array rotary(const mx::array& x, int rotated, bool adjacent, float base, float scale, int offset);

}  // namespace cmlx::operations
