// SPDX-License-Identifier: Apache-2.0
// Values picked by their place. MLX does not check places; the caller does.
#ifndef HONE_CMLX_INDEXING_H
#define HONE_CMLX_INDEXING_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

// Slices of an array along an axis, in the order of `places`.
cmlx_array cmlx_take(cmlx_array array, cmlx_array places, int axis);
// One value for each place along an axis; the shapes agree elsewhere.
cmlx_array cmlx_take_along(cmlx_array array, cmlx_array places, int axis);

#ifdef __cplusplus
}
#endif
#endif
