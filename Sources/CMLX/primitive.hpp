// SPDX-License-Identifier: Apache-2.0
// An operation of our own in MLX's graphs: a kernel for the processor, and how its gradient is
// computed.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "guarded.hpp"

namespace cmlx {

using Arrays = std::vector<mx::array>;
using Inputs = std::vector<const void*>;
using Outputs = std::vector<float*>;

struct Operation {
  const char* name;
  // Works on contiguous inputs and writes contiguous outputs.
  std::function<void(const Inputs&, const Outputs&)> kernel;
  // The gradients by all inputs, from inputs, slopes and outputs; those that are not asked for may be
  // anything.
  std::function<Arrays(const Arrays&, const Arrays&, const Arrays&)> gradient;
  // For each output the input that it is written over where nothing else needs that any more, as the
  // kernel must allow; empty for none.
  std::vector<size_t> written_over = {};
};

// Whether our kernels are used: on the processor, for 32-bit numbers.
bool uses_kernels(const Arrays& arrays);

// Outputs of the given shapes in 32-bit numbers.
Arrays apply(std::shared_ptr<const Operation> operation, std::vector<mx::Shape> shapes,
             const Arrays& inputs);

}  // namespace cmlx
