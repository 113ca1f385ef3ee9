// SPDX-License-Identifier: Apache-2.0
// Linear layers with low-rank changes that read one input. Products are added up where they are
// computed, so no sum of whole outputs is made, neither here nor in the gradient by the input.
#include <stdexcept>

#include "guarded.hpp"
#include "operations.hpp"
#include "products.hpp"

namespace cmlx::operations {

namespace {

const float* floats(const void* data) { return static_cast<const float*>(data); }

// The sizes of the layers, and where their arrays are among the inputs.
struct Plan {
  struct Layer {
    size_t outputs, rank, weight;
  };
  size_t rows, inputs;
  std::vector<Layer> layers;
};

Plan plan(const mx::array& input, const std::vector<ChangedLinear>& layers) {
  Plan plan{size_t(input.shape(0)), size_t(input.shape(1)), {}};
  size_t place = 1;
  for (const auto& layer : layers) {
    size_t rank = layer.a ? size_t(layer.a->shape(0)) : 0;
    plan.layers.push_back({size_t(layer.weight.shape(0)), rank, place});
    place += rank > 0 ? 3 : 1;
  }
  return plan;
}

// The gradient by the input: for each layer slope · W, and narrow slope · A.
mx::array input_slope(const Plan& plan, const Arrays& in, const Arrays& slopes,
                      const Arrays& narrow) {
  Arrays given;
  for (size_t index = 0; index < plan.layers.size(); ++index) {
    const auto& layer = plan.layers[index];
    given.push_back(slopes[index]);
    given.push_back(in[layer.weight]);
    if (layer.rank == 0) continue;
    given.push_back(narrow[index]);
    given.push_back(in[layer.weight + 1]);
  }
  auto operation = std::make_shared<const Operation>(Operation{
      "ChangedLinearInputGradient",
      [plan](const Inputs& in, const Outputs& out) {
        size_t place = 0;
        float kept = 0;
        for (const auto& layer : plan.layers) {
          product(floats(in[place]), floats(in[place + 1]), false, plan.rows, layer.outputs,
                  plan.inputs, 1, kept, out[0]);
          place += 2;
          kept = 1;
          if (layer.rank == 0) continue;
          product(floats(in[place]), floats(in[place + 1]), false, plan.rows, layer.rank,
                  plan.inputs, 1, 1, out[0]);
          place += 2;
        }
      },
      nullptr});
  return apply(operation, {in[0].shape()}, given)[0];
}

// The gradients by all inputs; those that nobody asks for are never computed.
Arrays gradient(const Plan& plan, float scale, const Arrays& in, const Arrays& slopes,
                const Arrays& out) {
  Arrays narrow, found{in[0]};
  size_t count = plan.layers.size(), made = count;
  for (size_t index = 0; index < count; ++index) {
    const auto& layer = plan.layers[index];
    auto turned = mx::swapaxes(slopes[index], 0, 1);
    found.push_back(mx::matmul(turned, in[0]));
    narrow.push_back(slopes[index]);
    if (layer.rank == 0) continue;
    narrow.back() = mx::matmul(slopes[index], in[layer.weight + 2] * scale);
    found.push_back(mx::matmul(mx::swapaxes(narrow.back(), 0, 1), in[0]));
    // What was made between A and B has the scale in it already.
    found.push_back(mx::matmul(turned, out[made++]));
  }
  found[0] = input_slope(plan, in, slopes, narrow);
  return found;
}

Arrays composed(const mx::array& input, const std::vector<ChangedLinear>& layers, float scale) {
  Arrays outputs;
  for (const auto& layer : layers) {
    auto output = mx::matmul(input, mx::swapaxes(layer.weight, 0, 1));
    if (layer.a) {
      auto narrow = mx::matmul(input, mx::swapaxes(*layer.a, 0, 1));
      output = output + mx::matmul(narrow, mx::swapaxes(*layer.b * scale, 0, 1));
    }
    outputs.push_back(output);
  }
  return outputs;
}

}  // namespace

Arrays changed_linear(const mx::array& input, const std::vector<ChangedLinear>& layers,
                      float scale) {
  Arrays given{input};
  for (const auto& layer : layers) {
    given.push_back(layer.weight);
    if (!layer.a) continue;
    given.push_back(*layer.a);
    given.push_back(*layer.b);
  }
  if (!has_products() || !uses_kernels(given)) return composed(input, layers, scale);
  auto plan = operations::plan(input, layers);
  std::vector<mx::Shape> shapes;
  int rows = int(plan.rows);
  for (const auto& layer : plan.layers) shapes.push_back({rows, int(layer.outputs)});
  for (const auto& layer : plan.layers) {
    if (layer.rank > 0) shapes.push_back({rows, int(layer.rank)});
  }
  auto operation = std::make_shared<const Operation>(Operation{
      "ChangedLinear",
      [plan, scale](const Inputs& in, const Outputs& out) {
        auto x = floats(in[0]);
        size_t made = plan.layers.size();
        for (size_t index = 0; index < plan.layers.size(); ++index) {
          const auto& layer = plan.layers[index];
          product(x, floats(in[layer.weight]), true, plan.rows, plan.inputs, layer.outputs, 1, 0,
                  out[index]);
          if (layer.rank == 0) continue;
          auto narrow = out[made++];
          product(x, floats(in[layer.weight + 1]), true, plan.rows, plan.inputs, layer.rank, scale,
                  0, narrow);
          product(narrow, floats(in[layer.weight + 2]), true, plan.rows, layer.rank, layer.outputs,
                  1, 1, out[index]);
        }
      },
      [plan, scale](const Arrays& in, const Arrays& slopes, const Arrays& out) {
        return gradient(plan, scale, in, slopes, out);
      }});
  auto made = apply(operation, shapes, given);
  made.resize(layers.size(), made[0]);
  return made;
}

}  // namespace cmlx::operations

using namespace cmlx;

int cmlx_changed_linear(cmlx_array input, const cmlx_array* weights, const cmlx_array* a,
                        const cmlx_array* b, int count, float scale, cmlx_array* outputs) {
  return guarded([&] {
    const auto& x = input->value;
    std::vector<operations::ChangedLinear> layers;
    for (int index = 0; index < count; ++index) {
      operations::ChangedLinear layer{weights[index]->value, std::nullopt, std::nullopt};
      bool fits = x.ndim() == 2 && layer.weight.ndim() == 2 && layer.weight.shape(1) == x.shape(1);
      if (a[index] && b[index]) {
        layer.a = a[index]->value;
        layer.b = b[index]->value;
        fits = fits && layer.a->ndim() == 2 && layer.b->ndim() == 2 &&
               layer.a->shape(1) == x.shape(1) && layer.b->shape(0) == layer.weight.shape(0) &&
               layer.a->shape(0) == layer.b->shape(1) && layer.a->shape(0) > 0;
      }
      if (!fits) throw std::invalid_argument("the matrices of a linear layer do not go together");
      layers.push_back(std::move(layer));
    }
    auto made = operations::changed_linear(x, layers, scale);
    for (int index = 0; index < count; ++index) outputs[index] = wrap(made[size_t(index)]);
  });
}
