// SPDX-License-Identifier: Apache-2.0
#include "guarded.hpp"

#ifdef __linux__
#include <dlfcn.h>
#endif

using namespace cmlx;

int cmlx_set_cache_limit(size_t bytes) {
  return guarded([&] { mx::set_cache_limit(bytes); });
}

int cmlx_clear_cache(void) {
  return guarded([&] { mx::clear_cache(); });
}

size_t cmlx_active_memory(void) { return mx::get_active_memory(); }

size_t cmlx_peak_memory(void) { return mx::get_peak_memory(); }

int cmlx_reset_peak_memory(void) {
  return guarded([&] { mx::reset_peak_memory(); });
}

int cmlx_uses_gpu(void) { return mx::default_device() == mx::Device::gpu ? 1 : 0; }

const char* cmlx_products(void) {
#ifdef __linux__
  // There only when the set-up put OpenBLAS ahead of the library in MLX's wheel.
  using Describe = const char* (*)();
  if (auto describe = reinterpret_cast<Describe>(dlsym(RTLD_DEFAULT, "hone_blas_description"))) {
    return describe();
  }
#endif
  return "";
}
