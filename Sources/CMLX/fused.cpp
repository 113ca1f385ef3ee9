// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>

#include "guarded.hpp"
#include "operations.hpp"

using namespace cmlx;

namespace {

std::optional<mx::array> optional(cmlx_array array) {
  return array ? std::optional<mx::array>(array->value) : std::nullopt;
}

// Attention with our softmax. Heads of queries that share keys lie behind each other, so one
// product serves them all.
mx::array causal_attention(const mx::array& queries, const mx::array& keys,
                           const mx::array& values, float scale) {
  int batch = queries.shape(0), heads = queries.shape(1), length = queries.shape(2);
  int size = queries.shape(3), shared = keys.shape(1), seen = keys.shape(2);
  int rows = heads / shared * length;
  auto grouped = mx::reshape(queries, {batch, shared, rows, size});
  auto scores = mx::matmul(grouped, mx::swapaxes(keys, 2, 3));
  auto chances =
      operations::causal_softmax(mx::reshape(scores, {batch, heads, length, seen}), scale);
  auto found = mx::matmul(mx::reshape(chances, {batch, shared, rows, seen}), values);
  return mx::reshape(found, {batch, heads, length, values.shape(3)});
}

}  // namespace

cmlx_array cmlx_rms_norm(cmlx_array array, cmlx_array weight, float epsilon) {
  return guarded_array([&] {
    if (weight && uses_kernels({array->value, weight->value})) {
      return operations::rms_norm(array->value, weight->value, epsilon);
    }
    return mx::fast::rms_norm(array->value, optional(weight), epsilon);
  });
}

cmlx_array cmlx_layer_norm(cmlx_array array, cmlx_array weight, cmlx_array bias, float epsilon) {
  return guarded_array([&] {
    return mx::fast::layer_norm(array->value, optional(weight), optional(bias), epsilon);
  });
}

cmlx_array cmlx_rotary(cmlx_array array, int rotated, int adjacent, float base, float scale,
                       int offset, cmlx_array frequencies) {
  return guarded_array([&] {
    if (!frequencies && offset >= 0 && uses_kernels({array->value})) {
      return operations::rotary(array->value, rotated, adjacent != 0, base, scale, offset);
    }
    auto given = optional(frequencies);
    auto used = given ? std::nullopt : std::optional<float>(base);
    return mx::fast::rope(array->value, rotated, adjacent != 0, used, scale, offset, given);
  });
}

cmlx_array cmlx_attention(cmlx_array queries, cmlx_array keys, cmlx_array values, float scale,
                          int causal, cmlx_array mask) {
  return guarded_array([&] {
    const auto &q = queries->value, &k = keys->value, &v = values->value;
    if (causal && q.shape(2) <= k.shape(2) && uses_kernels({q, k, v})) {
      return causal_attention(q, k, v, scale);
    }
    std::string mode = causal ? "causal" : mask ? "array" : "";
    return mx::fast::scaled_dot_product_attention(q, k, v, scale, mode,
                                                  causal ? std::nullopt : optional(mask));
  });
}

cmlx_array cmlx_gated_silu(cmlx_array gate, cmlx_array up) {
  return guarded_array([&] {
    if (gate->value.shape() == up->value.shape() && uses_kernels({gate->value, up->value})) {
      return operations::gated_silu(gate->value, up->value);
    }
    return mx::multiply(mx::multiply(gate->value, mx::sigmoid(gate->value)), up->value);
  });
}

cmlx_array cmlx_cross_entropy(cmlx_array logits, cmlx_array targets) {
  return guarded_array([&] {
    const auto& rows = logits->value;
    if (rows.ndim() != 2 || targets->value.ndim() != 1 ||
        rows.shape(0) != targets->value.shape(0) || targets->value.dtype() != mx::int32) {
      throw std::invalid_argument("cross entropy needs logits [rows, vocabulary], targets [rows]");
    }
    if (uses_kernels({rows})) return operations::cross_entropy(rows, targets->value);
    auto places = mx::expand_dims(targets->value, 1);
    auto chosen = mx::squeeze(mx::take_along_axis(rows, places, 1), 1);
    return mx::subtract(mx::logsumexp(rows, 1, false), chosen);
  });
}
