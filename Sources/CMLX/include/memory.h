// SPDX-License-Identifier: Apache-2.0
// The library's memory, in bytes, and what it runs on.
#ifndef HONE_CMLX_MEMORY_H
#define HONE_CMLX_MEMORY_H

#include "arrays.h"

#ifdef __cplusplus
extern "C" {
#endif

// Sets how much freed memory is kept for later arrays.
int cmlx_set_cache_limit(size_t bytes);
int cmlx_clear_cache(void);
size_t cmlx_active_memory(void);
size_t cmlx_peak_memory(void);
int cmlx_reset_peak_memory(void);
// Whether a graphics processor does the work.
int cmlx_uses_gpu(void);
// How the matrix products of the processor were built, or an empty text where they are not ours.
const char *cmlx_products(void);

#ifdef __cplusplus
}
#endif
#endif
