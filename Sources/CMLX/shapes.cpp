// SPDX-License-Identifier: Apache-2.0
#include "guarded.hpp"

using namespace cmlx;

cmlx_array cmlx_reshape(cmlx_array array, const int* extents, int dimensions) {
  return guarded_array([&] { return mx::reshape(array->value, shape(extents, dimensions)); });
}

cmlx_array cmlx_transpose(cmlx_array array, const int* axes, int dimensions) {
  return guarded_array([&] {
    return mx::transpose(array->value, std::vector<int>(axes, axes + dimensions));
  });
}

cmlx_array cmlx_broadcast(cmlx_array array, const int* extents, int dimensions) {
  return guarded_array([&] { return mx::broadcast_to(array->value, shape(extents, dimensions)); });
}

cmlx_array cmlx_slice(cmlx_array array, const int* start, const int* stop, int dimensions) {
  return guarded_array([&] {
    return mx::slice(array->value, shape(start, dimensions), shape(stop, dimensions));
  });
}

cmlx_array cmlx_concatenate(const cmlx_array* arrays, int count, int axis) {
  return guarded_array([&] { return mx::concatenate(values(arrays, count), axis); });
}
