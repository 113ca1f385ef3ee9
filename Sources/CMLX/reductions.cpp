// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "guarded.hpp"

using namespace cmlx;

namespace {

mx::array reduce(cmlx_reduction operation, const mx::array& x, const std::vector<int>& axes,
                 bool keeps) {
  switch (operation) {
    case CMLX_SUM: return mx::sum(x, axes, keeps);
    case CMLX_MEAN: return mx::mean(x, axes, keeps);
    case CMLX_MAX: return mx::max(x, axes, keeps);
    case CMLX_MIN: return mx::min(x, axes, keeps);
    case CMLX_LOG_SUM_EXP: return mx::logsumexp(x, axes, keeps);
  }
  throw std::invalid_argument("unknown operation");
}

}  // namespace

cmlx_array cmlx_reduce(cmlx_reduction operation, cmlx_array array, const int* axes, int count,
                       int keeps_axes) {
  return guarded_array([&] {
    return reduce(operation, array->value, std::vector<int>(axes, axes + count), keeps_axes != 0);
  });
}

cmlx_array cmlx_argmax(cmlx_array array, int axis) {
  return guarded_array(
      [&] { return mx::astype(mx::argmax(array->value, axis, false), mx::int32); });
}

cmlx_array cmlx_softmax(cmlx_array array, int axis) {
  return guarded_array([&] { return mx::softmax(array->value, std::vector<int>{axis}, true); });
}
