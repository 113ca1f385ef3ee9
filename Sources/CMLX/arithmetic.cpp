// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "guarded.hpp"

using namespace cmlx;

namespace {

mx::array map(cmlx_unary operation, const mx::array& x) {
  switch (operation) {
    case CMLX_NEGATE: return mx::negative(x);
    case CMLX_ABSOLUTE: return mx::abs(x);
    case CMLX_EXP: return mx::exp(x);
    case CMLX_LOG: return mx::log(x);
    case CMLX_SQUARE: return mx::square(x);
    case CMLX_SQUARE_ROOT: return mx::sqrt(x);
    case CMLX_INVERSE_SQUARE_ROOT: return mx::rsqrt(x);
    case CMLX_TANH: return mx::tanh(x);
    case CMLX_SIGMOID: return mx::sigmoid(x);
    case CMLX_SINE: return mx::sin(x);
    case CMLX_COSINE: return mx::cos(x);
    case CMLX_ERF: return mx::erf(x);
    case CMLX_STOP_GRADIENT: return mx::stop_gradient(x);
    case CMLX_IS_FINITE: return mx::isfinite(x);
  }
  throw std::invalid_argument("unknown operation");
}

mx::array combine(cmlx_binary operation, const mx::array& a, const mx::array& b) {
  switch (operation) {
    case CMLX_ADD: return mx::add(a, b);
    case CMLX_SUBTRACT: return mx::subtract(a, b);
    case CMLX_MULTIPLY: return mx::multiply(a, b);
    case CMLX_DIVIDE: return mx::divide(a, b);
    case CMLX_POWER: return mx::power(a, b);
    case CMLX_MAXIMUM: return mx::maximum(a, b);
    case CMLX_MINIMUM: return mx::minimum(a, b);
    case CMLX_LESS: return mx::less(a, b);
    case CMLX_EQUAL: return mx::equal(a, b);
    case CMLX_MATRIX_PRODUCT: return mx::matmul(a, b);
  }
  throw std::invalid_argument("unknown operation");
}

}  // namespace

cmlx_array cmlx_map(cmlx_unary operation, cmlx_array array) {
  return guarded_array([&] { return map(operation, array->value); });
}

cmlx_array cmlx_combine(cmlx_binary operation, cmlx_array left, cmlx_array right) {
  return guarded_array([&] { return combine(operation, left->value, right->value); });
}

cmlx_array cmlx_choose(cmlx_array condition, cmlx_array yes, cmlx_array no) {
  return guarded_array([&] { return mx::where(condition->value, yes->value, no->value); });
}
