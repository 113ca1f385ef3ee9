// SPDX-License-Identifier: Apache-2.0
// The memory of arrays on a processor.
#pragma once

#include <cstddef>

namespace cmlx {

// Whether arrays get their memory here: not where a graphics processor holds them.
bool has_buffers();

// Bytes of living arrays, now and at most.
size_t active_bytes();
size_t peak_bytes();
void reset_peak_bytes();

// How many bytes of freed memory are kept for later arrays.
void keep_bytes(size_t limit);

// Gives freed memory back to the system.
void drop_kept();

}  // namespace cmlx
