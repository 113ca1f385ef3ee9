// SPDX-License-Identifier: Apache-2.0
#include "buffers.hpp"
#include "guarded.hpp"

#ifdef __linux__
#include <dlfcn.h>
#endif

using namespace cmlx;

int cmlx_set_cache_limit(size_t bytes) {
  return guarded([&] { has_buffers() ? keep_bytes(bytes) : void(mx::set_cache_limit(bytes)); });
}

int cmlx_clear_cache(void) {
  return guarded([&] { has_buffers() ? drop_kept() : mx::clear_cache(); });
}

size_t cmlx_active_memory(void) {
  return has_buffers() ? active_bytes() : mx::get_active_memory();
}

size_t cmlx_peak_memory(void) { return has_buffers() ? peak_bytes() : mx::get_peak_memory(); }

int cmlx_reset_peak_memory(void) {
  return guarded([&] { has_buffers() ? reset_peak_bytes() : mx::reset_peak_memory(); });
}

int cmlx_uses_gpu(void) { return mx::default_device() == mx::Device::gpu ? 1 : 0; }

const char* cmlx_products(void) {
#ifdef __linux__
  // There only when the set-up put other products ahead of the library in MLX's wheel.
  using Describe = const char* (*)();
  if (auto describe = reinterpret_cast<Describe>(dlsym(RTLD_DEFAULT, "hone_blas_description"))) {
    return describe();
  }
#endif
  return "";
}
