// SPDX-License-Identifier: Apache-2.0
#include "guarded.hpp"

namespace cmlx {

namespace {
thread_local std::string last_error;
constexpr size_t cache_bytes = size_t(1) << 30;

// Made once; arrays that wait on it may be computed from any thread.
mx::Stream shared_stream() {
  static mx::Stream stream = [] {
    mx::set_cache_limit(cache_bytes);
    return mx::new_thread_unsafe_stream(mx::default_device());
  }();
  return stream;
}
}  // namespace

std::recursive_mutex& gate() {
  static auto* mutex = new std::recursive_mutex;
  return *mutex;
}

void enter() {
  thread_local bool entered = false;
  if (entered) return;
  mx::set_default_stream(shared_stream());
  entered = true;
}

void remember(const char* reason) { last_error = reason; }

}  // namespace cmlx

const char* cmlx_last_error(void) { return cmlx::last_error.c_str(); }
