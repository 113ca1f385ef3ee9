// SPDX-License-Identifier: Apache-2.0
// The MLX array library as plain C: what the Swift target HoneMLX is written on.
//
// Every function may be called from any thread; one lock lets one call in at a time. Functions that
// return an array return NULL on failure, others a status that is not 0; cmlx_last_error tells why,
// on the same thread and until its next call. Arrays handed out belong to the caller, who frees
// each once with cmlx_free; arrays handed in stay the caller's.
#ifndef HONE_CMLX_H
#define HONE_CMLX_H

#include "arithmetic.h"
#include "arrays.h"
#include "fused.h"
#include "indexing.h"
#include "memory.h"
#include "optimizers.h"
#include "reductions.h"
#include "shapes.h"
#include "transforms.h"

#endif
