// SPDX-License-Identifier: Apache-2.0
// Matrix products on a processor, for MLX and for our own operations.
#pragma once

#include <cstddef>

namespace cmlx {

// Whether they are there; on a Mac the graphics processor does the work.
bool has_products();

// out = factor · left · right + kept · out, all row by row: `left` is [rows, inner] and `right`
// [inner, columns], or [columns, inner] where `turned`.
void product(const float* left, const float* right, bool turned, size_t rows, size_t inner,
             size_t columns, float factor, float kept, float* out);

}  // namespace cmlx
