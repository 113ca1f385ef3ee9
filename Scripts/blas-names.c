// SPDX-License-Identifier: Apache-2.0
// The products that MLX calls, by the names that the pinned build of OpenBLAS gives them.
#include <stdint.h>

typedef int32_t flag;

#define FORWARD(name, element)                                                                  \
  void scipy_##name(flag, flag, flag, int, int, int, element, const void *, int, const void *,  \
                    int, element, void *, int);                                                 \
  void name(flag order, flag left, flag right, int m, int n, int k, element alpha,              \
            const void *a, int lda, const void *b, int ldb, element beta, void *c, int ldc) {   \
    scipy_##name(order, left, right, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);             \
  }

FORWARD(cblas_sgemm, float)
FORWARD(cblas_dgemm, double)
FORWARD(cblas_cgemm, const void *)

const char *scipy_openblas_get_config(void);

// What this OpenBLAS was built as; the training library's tests ask for it.
const char *hone_blas_description(void) { return scipy_openblas_get_config(); }
