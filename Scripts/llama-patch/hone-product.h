// SPDX-License-Identifier: Apache-2.0
// Parts of the product of two matrices; included by ggml-cpu/llamafile/sgemm.cpp.
//
// llama.cpp adds up the 16 lanes of each of 24 sums one by one, which takes a third of the time where
// rows have 576 numbers, and waits for each block of weights.
#pragma once

// Fetches rows that are used soon.
static inline void hone_fetch(const char * rows, size_t stride, size_t size, int count) {
    for (int row = 0; row < count; ++row) {
        for (size_t at = 0; at < size; at += 64) {
            __builtin_prefetch(rows + row*stride + at, 0, 2);
        }
    }
}

// Sets sums to zero. An initializer of this size becomes a call of memset, and the sums go through
// memory before they get to the registers.
template <typename D, int N, int M>
static inline void hone_clear(D (&sums)[N][M]) {
#pragma GCC unroll 8
    for (int row = 0; row < N; ++row) {
#pragma GCC unroll 8
        for (int column = 0; column < M; ++column) {
            sums[row][column] = D{};
        }
    }
}

// Adds up the lanes of several sums together and stores the results; false where it cannot.
template <typename T, typename V, int N>
static inline bool hone_store(T *, const V (&)[N]) {
    return false;
}

#if defined(__AVX512F__)
static inline bool hone_store(float * out, const __m512 (&v)[4]) {
    const __m512d a = _mm512_castps_pd(
        _mm512_add_ps(_mm512_unpacklo_ps(v[0], v[1]), _mm512_unpackhi_ps(v[0], v[1])));
    const __m512d b = _mm512_castps_pd(
        _mm512_add_ps(_mm512_unpacklo_ps(v[2], v[3]), _mm512_unpackhi_ps(v[2], v[3])));
    const __m512 c = _mm512_add_ps(
        _mm512_castpd_ps(_mm512_unpacklo_pd(a, b)), _mm512_castpd_ps(_mm512_unpackhi_pd(a, b)));
    const __m256 d = _mm256_add_ps(_mm512_castps512_ps256(c),
        _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(c), 1)));
    _mm_storeu_ps(out, _mm_add_ps(_mm256_castps256_ps128(d), _mm256_extractf128_ps(d, 1)));
    return true;
}
#endif
