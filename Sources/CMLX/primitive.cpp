// SPDX-License-Identifier: Apache-2.0
#include "primitive.hpp"

// MLX binds tasks in a way that newer standards advise against.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

#include <stdexcept>

#include "mlx/backend/cpu/encoder.h"
#include "mlx/primitives.h"

namespace cmlx {

namespace {

class OwnPrimitive : public mx::Primitive {
 public:
  OwnPrimitive(mx::Stream stream, std::shared_ptr<const Operation> operation)
      : Primitive(stream), operation_(std::move(operation)) {}

  void eval_cpu(const Arrays& inputs, Arrays& outputs) override {
    Inputs given;
    Outputs made;
    for (const auto& input : inputs) given.push_back(input.data<char>());
    for (size_t index = 0; index < outputs.size(); ++index) {
      auto& output = outputs[index];
      const auto& over = operation_->written_over;
      if (index < over.size() && is_free(inputs[over[index]], output)) {
        output.copy_shared_buffer(inputs[over[index]]);
      } else {
        output.set_data(mx::allocator::malloc(output.nbytes()));
      }
      made.push_back(output.data<float>());
    }
    auto& encoder = mx::cpu::get_command_encoder(stream());
    encoder.dispatch([operation = operation_, given, made] { operation->kernel(given, made); });
  }

  void eval_gpu(const Arrays&, Arrays&) override {
    throw std::runtime_error("this operation is for the processor only");
  }

  Arrays vjp(const Arrays& primals, const Arrays& cotangents, const std::vector<int>& argnums,
             const Arrays& outputs) override {
    if (!operation_->gradient) throw std::runtime_error("there is no second gradient");
    auto all = operation_->gradient(primals, cotangents, outputs);
    Arrays asked;
    for (int number : argnums) asked.push_back(all.at(size_t(number)));
    return asked;
  }

  const char* name() const override { return operation_->name; }

 private:
  // Whether the input's memory is this operation's alone and as large as the output. Every output holds
  // the input, so it is the memory's users that are counted, not the array's as MLX does.
  static bool is_free(const mx::array& input, const mx::array& output) {
    const auto& data = input.data_shared_ptr();
    return data.use_count() == 1 && data->is_owned() && input.offset() == 0 &&
           input.flags().row_contiguous && input.data_size() == input.size() &&
           input.nbytes() == output.nbytes();
  }

  std::shared_ptr<const Operation> operation_;
};

}  // namespace

bool uses_kernels(const Arrays& arrays) {
  if (mx::default_device() != mx::Device::cpu) return false;
  for (const auto& array : arrays) {
    if (array.dtype() != mx::float32 || array.size() == 0) return false;
  }
  return true;
}

Arrays apply(std::shared_ptr<const Operation> operation, std::vector<mx::Shape> shapes,
             const Arrays& inputs) {
  Arrays rows;
  for (const auto& input : inputs) rows.push_back(mx::contiguous(input));
  std::vector<mx::Dtype> types(shapes.size(), mx::float32);
  auto stream = mx::default_stream(mx::default_device());
  return mx::array::make_arrays(
      std::move(shapes), types, std::make_shared<OwnPrimitive>(stream, std::move(operation)), rows);
}

}  // namespace cmlx
