// SPDX-License-Identifier: Apache-2.0
// Arrays: making them, reading them, freeing them.
#ifndef HONE_CMLX_ARRAYS_H
#define HONE_CMLX_ARRAYS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cmlx_array_s *cmlx_array;

typedef enum {
  CMLX_FLOAT32 = 0,
  CMLX_FLOAT16 = 1,
  CMLX_BFLOAT16 = 2,
  CMLX_INT32 = 3,
  CMLX_BOOL = 4,
} cmlx_type;

// Why the last call on this thread failed.
const char *cmlx_last_error(void);

void cmlx_free(cmlx_array array);

// Copies values in; the shape's product has to be the number of values.
cmlx_array cmlx_from_values(const void *values, const int *shape, int dimensions, cmlx_type type);
// An array filled with one number.
cmlx_array cmlx_full(float value, const int *shape, int dimensions, cmlx_type type);

int cmlx_dimensions(cmlx_array array);
int cmlx_extent(cmlx_array array, int dimension);
size_t cmlx_count(cmlx_array array);
cmlx_type cmlx_element_type(cmlx_array array);

cmlx_array cmlx_convert(cmlx_array array, cmlx_type type);

// Computes what the arrays stand for.
int cmlx_evaluate(const cmlx_array *arrays, int count);
// Computes an array and copies its values out, row by row.
int cmlx_copy_floats(cmlx_array array, float *values, size_t room);
int cmlx_copy_integers(cmlx_array array, int32_t *values, size_t room);

#ifdef __cplusplus
}
#endif
#endif
