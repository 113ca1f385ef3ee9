// SPDX-License-Identifier: Apache-2.0
// The products that MLX calls, computed by oneDNN where it has them and by OpenBLAS where not. Both
// compute on the thread that calls; who wants more threads shares out the work.
#include <stdint.h>

typedef int32_t flag;

#define FORWARD(name, element)                                                                  \
  void scipy_##name(flag, flag, flag, int, int, int, element, const void *, int, const void *,  \
                    int, element, void *, int);                                                 \
  void name(flag order, flag left, flag right, int m, int n, int k, element alpha,              \
            const void *a, int lda, const void *b, int ldb, element beta, void *c, int ldc) {   \
    scipy_##name(order, left, right, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);             \
  }

FORWARD(cblas_dgemm, double)
FORWARD(cblas_cgemm, const void *)

void scipy_cblas_sgemm(flag, flag, flag, int, int, int, float, const void *, int, const void *, int,
                       float, void *, int);

#ifdef HONE_ONEDNN
#define PRODUCTS "oneDNN and OpenBLAS"

int dnnl_sgemm(char left, char right, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
               int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc);
void omp_set_num_threads(int) __attribute__((weak));

// CBLAS numbers its orders and forms so.
enum { row_by_row = 101, plain = 111, transposed = 112 };

static int by_onednn(flag order, flag left, flag right, int m, int n, int k, float alpha,
                     const void *a, int lda, const void *b, int ldb, float beta, void *c, int ldc) {
  static _Thread_local int is_alone;
  if (order != row_by_row || (left != plain && left != transposed) ||
      (right != plain && right != transposed)) {
    return 0;
  }
  if (!is_alone && omp_set_num_threads) omp_set_num_threads(1);
  is_alone = 1;
  // A single column is a single row; its product must not depend on which of them it is called.
  if (n == 1 && right == plain && ldb == 1) right = transposed, ldb = k;
  if (m == 1 && left == transposed && lda == 1) left = plain, lda = k;
  return dnnl_sgemm(left == plain ? 'N' : 'T', right == plain ? 'N' : 'T', m, n, k, alpha, a, lda, b,
                    ldb, beta, c, ldc) == 0;
}
#else
#define PRODUCTS "OpenBLAS"
#define by_onednn(...) 0
#endif

void cblas_sgemm(flag order, flag left, flag right, int m, int n, int k, float alpha, const void *a,
                 int lda, const void *b, int ldb, float beta, void *c, int ldc) {
  if (by_onednn(order, left, right, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)) return;
  scipy_cblas_sgemm(order, left, right, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

// What the products are computed by; the training library's tests ask for it.
const char *hone_blas_description(void) { return PRODUCTS; }
