// SPDX-License-Identifier: Apache-2.0
// What optimizers do to every parameter, in one pass.
#ifndef HONE_CMLX_OPTIMIZERS_H
#define HONE_CMLX_OPTIMIZERS_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

// The numbers of one update of AdamW. The gradient is taken times `scale`; the moments are corrected by
// `rate` and `correction`, and the parameter keeps `kept` of itself.
typedef struct {
  float scale, beta1, beta2, rate, correction, epsilon, kept;
} cmlx_adam;

// Hands out the moved parameter, its mean and its mean square.
int cmlx_adam_update(cmlx_array parameter, cmlx_array gradient, cmlx_array mean, cmlx_array square,
                     cmlx_adam numbers, cmlx_array *outputs);
// The sum of the squares of all elements of all arrays.
cmlx_array cmlx_sum_of_squares(const cmlx_array *arrays, int count);

#ifdef __cplusplus
}
#endif
#endif
