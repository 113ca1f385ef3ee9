// SPDX-License-Identifier: Apache-2.0
// The same values in another shape.
#ifndef HONE_CMLX_SHAPES_H
#define HONE_CMLX_SHAPES_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

cmlx_array cmlx_reshape(cmlx_array array, const int *shape, int dimensions);
cmlx_array cmlx_transpose(cmlx_array array, const int *axes, int dimensions);
cmlx_array cmlx_broadcast(cmlx_array array, const int *shape, int dimensions);
// The part from `start` to before `stop` in each dimension.
cmlx_array cmlx_slice(cmlx_array array, const int *start, const int *stop, int dimensions);
cmlx_array cmlx_concatenate(const cmlx_array *arrays, int count, int axis);

#ifdef __cplusplus
}
#endif
#endif
