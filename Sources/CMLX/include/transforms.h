// SPDX-License-Identifier: Apache-2.0
// Gradients of functions written in Swift.
#ifndef HONE_CMLX_TRANSFORMS_H
#define HONE_CMLX_TRANSFORMS_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

// A function of arrays. It owns `inputs`, and hands out `output_count` arrays that the caller
// frees. A status other than 0 ends the work; the function keeps the reason itself.
typedef int (*cmlx_function)(void *context, const cmlx_array *inputs, int input_count,
                             cmlx_array *outputs, int output_count);

// The function's outputs and the gradients of output 0, a scalar, by every input.
int cmlx_value_and_gradient(cmlx_function function, void *context, const cmlx_array *inputs,
                            int input_count, cmlx_array *outputs, int output_count,
                            cmlx_array *gradients);

// The function's outputs; for the gradient it is called again instead of keeping what it computed.
// `release` is called once, when the context is no longer needed.
int cmlx_checkpoint(cmlx_function function, void *context, void (*release)(void *),
                    const cmlx_array *inputs, int input_count, cmlx_array *outputs,
                    int output_count);

#ifdef __cplusplus
}
#endif
#endif
