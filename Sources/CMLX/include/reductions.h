// SPDX-License-Identifier: Apache-2.0
// Many values to one, along axes.
#ifndef HONE_CMLX_REDUCTIONS_H
#define HONE_CMLX_REDUCTIONS_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CMLX_SUM,
  CMLX_MEAN,
  CMLX_MAX,
  CMLX_MIN,
  CMLX_LOG_SUM_EXP,
} cmlx_reduction;

cmlx_array cmlx_reduce(cmlx_reduction operation, cmlx_array array, const int *axes, int count,
                       int keeps_axes);
cmlx_array cmlx_argmax(cmlx_array array, int axis);
cmlx_array cmlx_softmax(cmlx_array array, int axis);

#ifdef __cplusplus
}
#endif
#endif
