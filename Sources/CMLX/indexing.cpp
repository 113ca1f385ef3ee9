// SPDX-License-Identifier: Apache-2.0
#include "guarded.hpp"

using namespace cmlx;

cmlx_array cmlx_take(cmlx_array array, cmlx_array places, int axis) {
  return guarded_array([&] { return mx::take(array->value, places->value, axis); });
}

cmlx_array cmlx_take_along(cmlx_array array, cmlx_array places, int axis) {
  return guarded_array([&] { return mx::take_along_axis(array->value, places->value, axis); });
}
