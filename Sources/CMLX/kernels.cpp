// SPDX-License-Identifier: Apache-2.0
#include "kernels.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#if defined(__x86_64__) && defined(__linux__) && defined(__clang__)
#define EACH_PROCESSOR __attribute__((target_clones("arch=skylake-avx512", "arch=haswell", "default")))
#else
#define EACH_PROCESSOR
#endif
#define INLINED static inline __attribute__((always_inline))
// Sums may be taken in any order, which vectors need.
#ifdef __clang__
#define ANY_ORDER _Pragma("clang fp reassociate(on) contract(fast)")
#else
#define ANY_ORDER
#endif

namespace cmlx::kernels {

namespace {

// e^x by splitting off a power of two; right to about 1e-7, 0 below -87.
INLINED float exponential(float x) {
  constexpr float log2e = 1.44269504f, high = 0.693359375f, low = -2.12194440e-4f;
  // Adding and taking away 1.5 · 2^23 rounds to a whole number.
  constexpr float rounding = 12582912.0f;
  float bounded = std::min(std::max(x, -87.0f), 88.0f);
  float whole = (bounded * log2e + rounding) - rounding;
  float r = bounded - whole * high - whole * low;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  float value = p * r * r + r + 1.0f;
  float power = std::bit_cast<float>((int32_t(whole) + 127) << 23);
  return x < -87.0f ? 0.0f : value * power;
}

INLINED float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

}  // namespace

EACH_PROCESSOR void gated_silu(const float* gate, const float* up, float* out, size_t count) {
  for (size_t i = 0; i < count; ++i) out[i] = gate[i] * sigmoid(gate[i]) * up[i];
}

EACH_PROCESSOR void gated_silu_gradient(const float* gate, const float* up, const float* slope,
                                        float* gate_slope, float* up_slope, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    float s = sigmoid(gate[i]);
    float silu = gate[i] * s;
    up_slope[i] = slope[i] * silu;
    gate_slope[i] = slope[i] * up[i] * (s + silu * (1.0f - s));
  }
}

EACH_PROCESSOR void rms_norm(const float* x, const float* weight, float epsilon, float* out,
                             size_t count) {
  ANY_ORDER
  float squares = 0;
  for (size_t i = 0; i < count; ++i) squares += x[i] * x[i];
  float factor = 1.0f / std::sqrt(squares / float(count) + epsilon);
  if (weight) {
    for (size_t i = 0; i < count; ++i) out[i] = x[i] * factor * weight[i];
  } else {
    for (size_t i = 0; i < count; ++i) out[i] = x[i] * factor;
  }
}

EACH_PROCESSOR void rms_norm_gradient(const float* x, const float* weight, float epsilon,
                                      const float* slope, float* out, size_t count) {
  ANY_ORDER
  float squares = 0, along = 0;
  for (size_t i = 0; i < count; ++i) {
    float weighted = weight ? slope[i] * weight[i] : slope[i];
    squares += x[i] * x[i];
    along += weighted * x[i];
  }
  float factor = 1.0f / std::sqrt(squares / float(count) + epsilon);
  float back = along * factor * factor * factor / float(count);
  for (size_t i = 0; i < count; ++i) {
    float weighted = weight ? slope[i] * weight[i] : slope[i];
    out[i] = weighted * factor - x[i] * back;
  }
}

EACH_PROCESSOR float log_sum(const float* logits, size_t count) {
  ANY_ORDER
  float top = logits[0];
  for (size_t i = 1; i < count; ++i) top = std::max(top, logits[i]);
  float sum = 0;
  for (size_t i = 0; i < count; ++i) sum += exponential(logits[i] - top);
  return top + std::log(sum);
}

EACH_PROCESSOR void softmax(const float* logits, float log_sum, float scale, float* out,
                            size_t count) {
  for (size_t i = 0; i < count; ++i) out[i] = scale * exponential(logits[i] - log_sum);
}

EACH_PROCESSOR void causal_softmax(const float* scores, float scale, size_t seen, float* out,
                                   size_t count) {
  ANY_ORDER
  float top = scores[0];
  for (size_t i = 1; i < seen; ++i) top = std::max(top, scores[i]);
  float sum = 0;
  for (size_t i = 0; i < seen; ++i) {
    out[i] = exponential(scale * (scores[i] - top));
    sum += out[i];
  }
  float factor = 1.0f / sum;
  for (size_t i = 0; i < seen; ++i) out[i] *= factor;
  for (size_t i = seen; i < count; ++i) out[i] = 0;
}

EACH_PROCESSOR void causal_softmax_gradient(const float* chances, const float* slope, float scale,
                                            size_t seen, float* out, size_t count) {
  ANY_ORDER
  float along = 0;
  for (size_t i = 0; i < seen; ++i) along += chances[i] * slope[i];
  for (size_t i = 0; i < seen; ++i) out[i] = scale * chances[i] * (slope[i] - along);
  for (size_t i = seen; i < count; ++i) out[i] = 0;
}

EACH_PROCESSOR void rotate(const float* x, const float* cosines, const float* sines, float turn,
                           bool adjacent, float* out, size_t half, size_t count) {
  if (adjacent) {
    for (size_t i = 0; i < half; ++i) {
      float first = x[2 * i], second = x[2 * i + 1];
      out[2 * i] = first * cosines[i] - second * (turn * sines[i]);
      out[2 * i + 1] = first * (turn * sines[i]) + second * cosines[i];
    }
  } else {
    for (size_t i = 0; i < half; ++i) {
      float first = x[i], second = x[half + i];
      out[i] = first * cosines[i] - second * (turn * sines[i]);
      out[half + i] = first * (turn * sines[i]) + second * cosines[i];
    }
  }
  if (count > 2 * half) std::memcpy(out + 2 * half, x + 2 * half, (count - 2 * half) * sizeof(float));
}

EACH_PROCESSOR void adam(const float* parameter, const cmlx_adam& numbers, float* slope, float* mean,
                         float* square, size_t count) {
  cmlx_adam n = numbers;
  // No two of them overlap, else the loop is not made into vectors.
  const float* __restrict before = parameter;
  float *__restrict moved = slope, *__restrict first = mean, *__restrict second = square;
  for (size_t i = 0; i < count; ++i) {
    float g = moved[i] * n.scale;
    float m = first[i] * n.beta1 + g * (1.0f - n.beta1);
    float v = second[i] * n.beta2 + g * g * (1.0f - n.beta2);
    first[i] = m;
    second[i] = v;
    moved[i] = before[i] * n.kept - m * n.rate / (std::sqrt(v) * n.correction + n.epsilon);
  }
}

EACH_PROCESSOR float sum_of_squares(const float* x, size_t count) {
  ANY_ORDER
  float sum = 0;
  for (size_t i = 0; i < count; ++i) sum += x[i] * x[i];
  return sum;
}

}  // namespace cmlx::kernels
