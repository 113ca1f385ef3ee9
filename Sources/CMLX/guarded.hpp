// SPDX-License-Identifier: Apache-2.0
// What every C function does: takes the lock, gives the thread its stream, turns exceptions into
// a status and a text.
#pragma once

#include <exception>
#include <mutex>
#include <string>
#include <vector>

#include "include/CMLX.h"
#include "mlx/mlx.h"

struct cmlx_array_s {
  mlx::core::array value;
};

namespace cmlx {

namespace mx = mlx::core;

// MLX's graphs and its streams are not made for several threads at a time. A function that is
// being differentiated calls in again, hence recursive.
std::recursive_mutex& gate();
// Makes this library's one stream the calling thread's default.
void enter();
void remember(const char* reason);

inline cmlx_array wrap(mx::array value) {
  return new cmlx_array_s{std::move(value)};
}

template <class Body>
int guarded(Body&& body) {
  std::lock_guard<std::recursive_mutex> lock(gate());
  try {
    enter();
    body();
    return 0;
  } catch (const std::exception& error) {
    remember(error.what());
  } catch (...) {
    remember("an unknown error in the array library");
  }
  return 1;
}

template <class Body>
cmlx_array guarded_array(Body&& body) {
  cmlx_array result = nullptr;
  guarded([&] { result = wrap(body()); });
  return result;
}

inline mx::Shape shape(const int* extents, int count) {
  return mx::Shape(extents, extents + count);
}

inline std::vector<mx::array> values(const cmlx_array* arrays, int count) {
  std::vector<mx::array> result;
  result.reserve(count);
  for (int index = 0; index < count; ++index) result.push_back(arrays[index]->value);
  return result;
}

}  // namespace cmlx
