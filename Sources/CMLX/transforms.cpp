// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <stdexcept>

#include "guarded.hpp"

using namespace cmlx;

namespace {

using Arrays = std::vector<mx::array>;

// Calls a function given from outside.
Arrays call(cmlx_function function, void* context, const Arrays& inputs, int output_count) {
  std::vector<cmlx_array> handed;
  for (const auto& input : inputs) handed.push_back(wrap(input));
  std::vector<cmlx_array> outputs(size_t(output_count), nullptr);
  int status = function(context, handed.data(), int(handed.size()), outputs.data(), output_count);
  Arrays result;
  for (auto output : outputs) {
    if (!output) continue;
    result.push_back(output->value);
    delete output;
  }
  if (status != 0) throw std::runtime_error("the function failed");
  if (int(result.size()) != output_count) {
    throw std::runtime_error("the function gave fewer arrays than it announced");
  }
  return result;
}

void hand_out(const Arrays& arrays, cmlx_array* places) {
  for (size_t index = 0; index < arrays.size(); ++index) places[index] = wrap(arrays[index]);
}

}  // namespace

int cmlx_value_and_gradient(cmlx_function function, void* context, const cmlx_array* inputs,
                            int input_count, cmlx_array* outputs, int output_count,
                            cmlx_array* gradients) {
  return guarded([&] {
    std::vector<int> all;
    for (int index = 0; index < input_count; ++index) all.push_back(index);
    auto differentiated = mx::value_and_grad(
        [&](const Arrays& given) { return call(function, context, given, output_count); }, all);
    auto [values_out, gradients_out] = differentiated(values(inputs, input_count));
    hand_out(values_out, outputs);
    hand_out(gradients_out, gradients);
  });
}

int cmlx_checkpoint(cmlx_function function, void* context, void (*release)(void*),
                    const cmlx_array* inputs, int input_count, cmlx_array* outputs,
                    int output_count) {
  std::shared_ptr<void> kept(context, release);
  return guarded([&] {
    auto recomputed = mx::checkpoint([function, kept, output_count](const Arrays& given) {
      return call(function, kept.get(), given, output_count);
    });
    hand_out(recomputed(values(inputs, input_count)), outputs);
  });
}
