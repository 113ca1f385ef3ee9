// SPDX-License-Identifier: Apache-2.0
#include "products.hpp"

#ifdef __linux__
#include <dlfcn.h>

#include <algorithm>

#include "workers.hpp"

// OpenBLAS's own threads wait for each other in loops, within every product. On a processor that has
// other work too, most of the time goes there. So the library computes on the thread that calls it, and
// products are cut into parts that need nothing of each other, which the workers share.
namespace {

using Product = void (*)(int, int, int, int, int, int, float, const float*, int, const float*, int,
                         float, float*, int);
using SetThreads = void (*)(int);

// CBLAS numbers its orders and forms so.
constexpr int row_by_row = 101, plain = 111, transposed = 112;
// Parts begin at multiples of this, so that most are whole tiles of the products' inner loops.
constexpr size_t tile = 32;
// Each part packs the smaller matrix anew, so there are few.
constexpr size_t parts_a_thread = 2;
// Below so many multiplications a product stays on its thread.
constexpr size_t worth_sharing = 1 << 20;

// The products of the library that is loaded next; ours, below, stands before it.
Product next_product() {
  static const Product product = [] {
    if (auto set = reinterpret_cast<SetThreads>(
            dlsym(RTLD_DEFAULT, "scipy_openblas_set_num_threads"))) {
      set(1);
    }
    return reinterpret_cast<Product>(dlsym(RTLD_NEXT, "cblas_sgemm"));
  }();
  return product;
}

}  // namespace

// MLX calls this by its name. A program's own function comes before a library's.
extern "C" __attribute__((visibility("default"))) void cblas_sgemm(
    int order, int left, int right, int rows, int columns, int inner, float factor, const float* a,
    int a_width, const float* b, int b_width, float kept, float* out, int out_width) {
  auto next = next_product();
  size_t work = size_t(rows) * size_t(columns) * size_t(inner);
  bool by_columns = columns >= rows;
  size_t length = size_t(by_columns ? columns : rows), tiles = (length + tile - 1) / tile;
  if (order != row_by_row || work < worth_sharing || tiles < 2) {
    next(order, left, right, rows, columns, inner, factor, a, a_width, b, b_width, kept, out,
         out_width);
    return;
  }
  cmlx::Workers::shared().run(tiles, work / tiles, [&](size_t first, size_t end) {
    size_t from = first * tile, count = std::min(end * tile, length) - from;
    if (by_columns) {
      auto part = b + from * (right == plain ? 1 : size_t(b_width));
      next(order, left, right, rows, int(count), inner, factor, a, a_width, part, b_width, kept,
           out + from, out_width);
    } else {
      auto part = a + from * (left == plain ? size_t(a_width) : 1);
      next(order, left, right, int(count), columns, inner, factor, part, a_width, b, b_width, kept,
           out + from * size_t(out_width), out_width);
    }
  }, parts_a_thread);
}

namespace cmlx {

bool has_products() { return next_product() != nullptr; }

void product(const float* left, const float* right, bool turned, size_t rows, size_t inner,
             size_t columns, float factor, float kept, float* out) {
  cblas_sgemm(row_by_row, plain, turned ? transposed : plain, int(rows), int(columns), int(inner),
              factor, left, int(inner), right, int(turned ? inner : columns), kept, out,
              int(columns));
}

}  // namespace cmlx

#else

namespace cmlx {

bool has_products() { return false; }

void product(const float*, const float*, bool, size_t, size_t, size_t, float, float, float*) {}

}  // namespace cmlx

#endif
