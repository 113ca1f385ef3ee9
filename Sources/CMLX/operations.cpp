// SPDX-License-Identifier: Apache-2.0
#include "operations.hpp"

#include <cmath>
#include <map>
#include <tuple>

#include "kernels.hpp"
#include "workers.hpp"

namespace cmlx::operations {

namespace {

const float* floats(const void* data) { return static_cast<const float*>(data); }

std::shared_ptr<const Operation> make(Operation operation) {
  return std::make_shared<const Operation>(std::move(operation));
}

// Calls `row(r)` for all rows of so many columns.
template <class Row>
void each_row(size_t rows, size_t columns, Row row) {
  Workers::shared().run(rows, columns, [&](size_t first, size_t end) {
    for (size_t r = first; r < end; ++r) row(r);
  });
}

size_t last(const mx::array& x) { return size_t(x.shape(-1)); }

mx::array rms_norm_slope(const mx::array& x, const mx::array& weight, const mx::array& slope,
                         float epsilon) {
  size_t columns = last(x), rows = x.size() / columns;
  auto operation = make({"RMSNormGradient",
                         [=](const Inputs& in, const Outputs& out) {
                           each_row(rows, columns, [&](size_t r) {
                             kernels::rms_norm_gradient(floats(in[0]) + r * columns, floats(in[1]),
                                                        epsilon, floats(in[2]) + r * columns,
                                                        out[0] + r * columns, columns);
                           });
                         },
                         nullptr});
  return apply(operation, {x.shape()}, {x, weight, slope})[0];
}

// The gradient by the weight of a normalization; rarely asked for, so composed.
mx::array weight_slope(const mx::array& x, const mx::array& slope, float epsilon) {
  auto mean = mx::mean(mx::square(x), std::vector<int>{-1}, true);
  auto terms = slope * x * mx::rsqrt(mean + mx::array(epsilon));
  std::vector<int> axes;
  for (int axis = 0; axis + 1 < int(x.ndim()); ++axis) axes.push_back(axis);
  return axes.empty() ? terms : mx::sum(terms, axes, false);
}

}  // namespace

mx::array gated_silu(const mx::array& gate, const mx::array& up) {
  size_t count = gate.size();
  constexpr size_t span = 4096;
  size_t spans = (count + span - 1) / span;
  auto length = [=](size_t s) { return std::min(span, count - s * span); };
  auto backward = make({"GatedSiluGradient",
                        [=](const Inputs& in, const Outputs& out) {
                          each_row(spans, span, [&](size_t s) {
                            size_t at = s * span;
                            kernels::gated_silu_gradient(
                                floats(in[0]) + at, floats(in[1]) + at, floats(in[2]) + at,
                                out[0] + at, out[1] + at, length(s));
                          });
                        },
                        nullptr});
  auto forward = make({"GatedSilu",
                       [=](const Inputs& in, const Outputs& out) {
                         each_row(spans, span, [&](size_t s) {
                           size_t at = s * span;
                           kernels::gated_silu(floats(in[0]) + at, floats(in[1]) + at, out[0] + at,
                                               length(s));
                         });
                       },
                       [backward](const Arrays& in, const Arrays& slopes, const Arrays&) {
                         return apply(backward, {in[0].shape(), in[1].shape()},
                                      {in[0], in[1], slopes[0]});
                       }});
  return apply(forward, {gate.shape()}, {gate, up})[0];
}

mx::array rms_norm(const mx::array& x, const mx::array& weight, float epsilon) {
  size_t columns = last(x), rows = x.size() / columns;
  auto forward = make({"RMSNorm",
                       [=](const Inputs& in, const Outputs& out) {
                         each_row(rows, columns, [&](size_t r) {
                           kernels::rms_norm(floats(in[0]) + r * columns, floats(in[1]), epsilon,
                                             out[0] + r * columns, columns);
                         });
                       },
                       [epsilon](const Arrays& in, const Arrays& slopes, const Arrays&) {
                         return Arrays{rms_norm_slope(in[0], in[1], slopes[0], epsilon),
                                       weight_slope(in[0], slopes[0], epsilon)};
                       }});
  return apply(forward, {x.shape()}, {x, weight})[0];
}

// The second output is what the gradient needs beside the logits: the logarithms of the sums.
mx::array cross_entropy(const mx::array& logits, const mx::array& targets) {
  size_t columns = last(logits), rows = logits.size() / columns;
  auto target = [=](const Inputs& in, size_t r) {
    return r * columns + size_t(static_cast<const int32_t*>(in[1])[r]);
  };
  auto backward = make({"CrossEntropyGradient",
                        [=](const Inputs& in, const Outputs& out) {
                          each_row(rows, columns, [&](size_t r) {
                            kernels::softmax(floats(in[0]) + r * columns, floats(in[2])[r],
                                             floats(in[3])[r], out[0] + r * columns, columns);
                            out[0][target(in, r)] -= floats(in[3])[r];
                          });
                        },
                        nullptr});
  auto forward = make({"CrossEntropy",
                       [=](const Inputs& in, const Outputs& out) {
                         each_row(rows, columns, [&](size_t r) {
                           out[1][r] = kernels::log_sum(floats(in[0]) + r * columns, columns);
                           out[0][r] = out[1][r] - floats(in[0])[target(in, r)];
                         });
                       },
                       [backward](const Arrays& in, const Arrays& slopes, const Arrays& out) {
                         auto slope = apply(backward, {in[0].shape()},
                                            {in[0], in[1], out[1], slopes[0]});
                         return Arrays{slope[0], mx::zeros_like(in[1])};
                       }});
  mx::Shape shape{logits.shape(0)};
  return apply(forward, {shape, shape}, {logits, targets})[0];
}

mx::array causal_softmax(const mx::array& scores, float scale) {
  size_t columns = last(scores), rows = scores.size() / columns;
  size_t length = size_t(scores.shape(-2));
  // Row r sees itself and what is before; the last row sees all.
  auto seen = [=](size_t r) { return columns - (length - 1 - r % length); };
  auto backward = make({"CausalSoftmaxGradient",
                        [=](const Inputs& in, const Outputs& out) {
                          each_row(rows, columns, [&](size_t r) {
                            kernels::causal_softmax_gradient(
                                floats(in[0]) + r * columns, floats(in[1]) + r * columns, scale,
                                seen(r), out[0] + r * columns, columns);
                          });
                        },
                        nullptr});
  auto forward = make({"CausalSoftmax",
                       [=](const Inputs& in, const Outputs& out) {
                         each_row(rows, columns, [&](size_t r) {
                           kernels::causal_softmax(floats(in[0]) + r * columns, scale, seen(r),
                                                   out[0] + r * columns, columns);
                         });
                       },
                       [backward](const Arrays& in, const Arrays& slopes, const Arrays& out) {
                         return apply(backward, {in[0].shape()}, {out[0], slopes[0]});
                       }});
  return apply(forward, {scores.shape()}, {scores})[0];
}

namespace {

struct Turns {
  std::vector<float> cosines, sines;
};

// Cosines and sines of all positions. Every block of a model asks for the same ones, so the last few
// are kept; called under the gate only.
std::shared_ptr<const Turns> turns(size_t length, size_t half, float base, float scale) {
  using Key = std::tuple<size_t, size_t, float, float>;
  static std::map<Key, std::shared_ptr<const Turns>> kept;
  Key key{length, half, base, scale};
  if (auto found = kept.find(key); found != kept.end()) return found->second;
  auto made = std::make_shared<Turns>();
  for (size_t p = 0; p < length; ++p) {
    for (size_t i = 0; i < half; ++i) {
      double angle = double(p) * scale * std::pow(double(base), -double(i) / double(half));
      made->cosines.push_back(float(std::cos(angle)));
      made->sines.push_back(float(std::sin(angle)));
    }
  }
  constexpr size_t most = 64;
  if (kept.size() >= most) kept.clear();
  kept[key] = made;
  return made;
}

// `turn` is 1, or -1 for the gradient, which turns back.
mx::array rotary_turned(const mx::array& x, int rotated, bool adjacent, float base, float scale,
                        int offset, float turn) {
  size_t columns = last(x), rows = x.size() / columns;
  size_t length = size_t(x.shape(-2)), half = size_t(rotated) / 2;
  auto table = turns(size_t(offset) + length, half, base, scale);
  auto forward = make(
      {"Rotary",
       [=](const Inputs& in, const Outputs& out) {
         each_row(rows, columns, [&](size_t r) {
           size_t at = (size_t(offset) + r % length) * half;
           kernels::rotate(floats(in[0]) + r * columns, &table->cosines[at], &table->sines[at],
                           turn, adjacent, out[0] + r * columns, half, columns);
         });
       },
       [=](const Arrays&, const Arrays& slopes, const Arrays&) {
         return Arrays{rotary_turned(slopes[0], rotated, adjacent, base, scale, offset, -turn)};
       }});
  return apply(forward, {x.shape()}, {x})[0];
}

}  // namespace

mx::array rotary(const mx::array& x, int rotated, bool adjacent, float base, float scale, int offset) {
  return rotary_turned(x, rotated, adjacent, base, scale, offset, 1);
}

}  // namespace cmlx::operations
