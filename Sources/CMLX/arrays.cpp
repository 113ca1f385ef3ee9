// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "guarded.hpp"

using namespace cmlx;

namespace {

mx::Dtype dtype(cmlx_type type) {
  switch (type) {
    case CMLX_FLOAT32: return mx::float32;
    case CMLX_FLOAT16: return mx::float16;
    case CMLX_BFLOAT16: return mx::bfloat16;
    case CMLX_INT32: return mx::int32;
    case CMLX_BOOL: return mx::bool_;
  }
  throw std::invalid_argument("unknown element type");
}

template <class Element>
void copy_out(cmlx_array array, mx::Dtype type, Element* values, size_t room) {
  auto rows = mx::contiguous(mx::astype(array->value, type));
  if (rows.size() > room) throw std::invalid_argument("the place for the values is too small");
  mx::eval(rows);
  std::copy_n(rows.data<Element>(), rows.size(), values);
}

}  // namespace

void cmlx_free(cmlx_array array) {
  std::lock_guard<std::recursive_mutex> lock(gate());
  delete array;
}

cmlx_array cmlx_from_values(const void* values, const int* extents, int dimensions,
                            cmlx_type type) {
  return guarded_array([&] {
    auto kind = dtype(type);
    auto extent = shape(extents, dimensions);
    size_t bytes = kind.size();
    for (auto length : extent) bytes *= size_t(length);
    auto data = mx::allocator::malloc(std::max<size_t>(bytes, 1));
    auto place = data.buffer().raw_ptr();
    if (!place) throw std::runtime_error("no memory for the values");
    if (bytes > 0) std::memcpy(place, values, bytes);
    return mx::array(std::move(data), extent, kind);
  });
}

cmlx_array cmlx_full(float value, const int* extents, int dimensions, cmlx_type type) {
  return guarded_array([&] { return mx::full(shape(extents, dimensions), value, dtype(type)); });
}

int cmlx_dimensions(cmlx_array array) { return int(array->value.ndim()); }

int cmlx_extent(cmlx_array array, int dimension) {
  return int(array->value.shape().at(size_t(dimension)));
}

size_t cmlx_count(cmlx_array array) { return array->value.size(); }

cmlx_type cmlx_element_type(cmlx_array array) {
  auto kind = array->value.dtype();
  if (kind == mx::float16) return CMLX_FLOAT16;
  if (kind == mx::bfloat16) return CMLX_BFLOAT16;
  if (kind == mx::bool_) return CMLX_BOOL;
  return kind == mx::float32 ? CMLX_FLOAT32 : CMLX_INT32;
}

cmlx_array cmlx_convert(cmlx_array array, cmlx_type type) {
  return guarded_array([&] { return mx::astype(array->value, dtype(type)); });
}

int cmlx_evaluate(const cmlx_array* arrays, int count) {
  return guarded([&] { mx::eval(values(arrays, count)); });
}

int cmlx_copy_floats(cmlx_array array, float* values, size_t room) {
  return guarded([&] { copy_out<float>(array, mx::float32, values, room); });
}

int cmlx_copy_integers(cmlx_array array, int32_t* values, size_t room) {
  return guarded([&] { copy_out<int32_t>(array, mx::int32, values, room); });
}
