// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "guarded.hpp"
#include "include/optimizers.h"
#include "kernels.hpp"
#include "primitive.hpp"
#include "workers.hpp"

using namespace cmlx;

namespace {

constexpr size_t span = 4096;

const float* floats(const void* data) { return static_cast<const float*>(data); }

// Calls `work(first, count, span's number)` on all spans of so many values.
template <class Work>
void each_span(size_t count, Work work) {
  Workers::shared().run((count + span - 1) / span, span, [&](size_t first, size_t end) {
    for (size_t s = first; s < end; ++s) work(s * span, std::min(span, count - s * span), s);
  });
}

Arrays composed(const mx::array& p, const mx::array& given, const mx::array& mean,
                const mx::array& square, const cmlx_adam& n) {
  auto g = given * n.scale;
  auto m = mean * n.beta1 + g * (1 - n.beta1);
  auto v = square * n.beta2 + mx::square(g) * (1 - n.beta2);
  auto move = m * n.rate / (mx::sqrt(v) * n.correction + n.epsilon);
  return {p * n.kept - move, m, v};
}

Arrays fused(const Arrays& given, const cmlx_adam& n) {
  size_t count = given[0].size();
  auto shape = given[0].shape();
  auto operation = std::make_shared<const Operation>(Operation{
      "AdamUpdate",
      [count, n](const Inputs& in, const Outputs& out) {
        each_span(count, [&](size_t at, size_t length, size_t) {
          for (size_t index = 0; index < out.size(); ++index) {
            auto given = floats(in[index + 1]) + at;
            if (given != out[index] + at) std::copy_n(given, length, out[index] + at);
          }
          kernels::adam(floats(in[0]) + at, n, out[0] + at, out[1] + at, out[2] + at, length);
        });
      },
      nullptr,
      {1, 2, 3}});
  return apply(operation, {shape, shape, shape}, given);
}

// Spans are summed up one after another, so that the result does not depend on threads.
mx::array fused_sum_of_squares(const Arrays& given) {
  std::vector<size_t> counts;
  for (const auto& array : given) counts.push_back(array.size());
  auto operation = std::make_shared<const Operation>(Operation{
      "SumOfSquares",
      [counts](const Inputs& in, const Outputs& out) {
        double total = 0;
        for (size_t index = 0; index < counts.size(); ++index) {
          std::vector<float> sums((counts[index] + span - 1) / span);
          each_span(counts[index], [&](size_t at, size_t length, size_t number) {
            sums[number] = kernels::sum_of_squares(floats(in[index]) + at, length);
          });
          for (float sum : sums) total += sum;
        }
        out[0][0] = float(total);
      },
      nullptr});
  return apply(operation, {mx::Shape{}}, given)[0];
}

}  // namespace

int cmlx_adam_update(cmlx_array parameter, cmlx_array gradient, cmlx_array mean, cmlx_array square,
                     cmlx_adam numbers, cmlx_array* outputs) {
  return guarded([&] {
    Arrays given{parameter->value, gradient->value, mean->value, square->value};
    for (const auto& array : given) {
      if (array.shape() != given[0].shape()) {
        throw std::invalid_argument("a parameter, its gradient and its moments differ in shape");
      }
    }
    auto made = uses_kernels(given)
                    ? fused(given, numbers)
                    : composed(given[0], given[1], given[2], given[3], numbers);
    for (size_t index = 0; index < made.size(); ++index) outputs[index] = wrap(made[index]);
  });
}

cmlx_array cmlx_sum_of_squares(const cmlx_array* arrays, int count) {
  return guarded_array([&] {
    auto given = values(arrays, count);
    if (uses_kernels(given) && !given.empty()) return fused_sum_of_squares(given);
    auto total = mx::array(0.0f);
    for (const auto& array : given) total = total + mx::sum(mx::square(array));
    return total;
  });
}
