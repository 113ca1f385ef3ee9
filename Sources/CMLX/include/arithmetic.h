// SPDX-License-Identifier: Apache-2.0
// Element by element, and products of matrices.
#ifndef HONE_CMLX_ARITHMETIC_H
#define HONE_CMLX_ARITHMETIC_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CMLX_NEGATE,
  CMLX_ABSOLUTE,
  CMLX_EXP,
  CMLX_LOG,
  CMLX_SQUARE,
  CMLX_SQUARE_ROOT,
  CMLX_INVERSE_SQUARE_ROOT,
  CMLX_TANH,
  CMLX_SIGMOID,
  CMLX_SINE,
  CMLX_COSINE,
  CMLX_ERF,
  CMLX_STOP_GRADIENT,
  CMLX_IS_FINITE,
} cmlx_unary;

typedef enum {
  CMLX_ADD,
  CMLX_SUBTRACT,
  CMLX_MULTIPLY,
  CMLX_DIVIDE,
  CMLX_POWER,
  CMLX_MAXIMUM,
  CMLX_MINIMUM,
  CMLX_LESS,
  CMLX_EQUAL,
  CMLX_MATRIX_PRODUCT,
} cmlx_binary;

cmlx_array cmlx_map(cmlx_unary operation, cmlx_array array);
// The arrays' shapes are broadcast against each other.
cmlx_array cmlx_combine(cmlx_binary operation, cmlx_array left, cmlx_array right);
// `yes` where the condition holds, `no` elsewhere.
cmlx_array cmlx_choose(cmlx_array condition, cmlx_array yes, cmlx_array no);

#ifdef __cplusplus
}
#endif
#endif
