// SPDX-License-Identifier: Apache-2.0
// Attention of queries that see few of the tokens in the KV memory; included by ggml-cpu/ops.cpp.
//
// llama.cpp looks at every token of the memory, one by one, to find out which ones a query sees, and
// from 64 queries on it works in tiles that compute the unseen ones too. Hone keeps many short
// branches in one memory, of which a query sees one in fifty; and many of them go on from the same
// prompt, whose keys and values are then fetched once for several queries.
//
// Sums run in double precision and the largest score is found first, so a result does not depend on
// where in the memory the tokens lie: with products in whole numbers (hone-integers.h), which make
// the most of the smallest difference, a request would else be answered differently in a batch.
#pragma once

#include "hone-view.h"

// Whether queries see so many of the tokens that llama.cpp's tiles, which compute all of them, are faster
// than one token after the other; judged by 16 queries.
[[maybe_unused]] static bool hone_sees_most(const ggml_tensor * mask, int64_t queries, int64_t tokens) {
    if (mask == nullptr || mask->type != GGML_TYPE_F16) {
        return true;
    }
    constexpr int64_t MUCH = 2048;
    if (tokens < MUCH) {
        return false;
    }
    const int64_t step = queries > 16 ? queries / 16 : 1;
    int64_t seen  = 0;
    int64_t total = 0;
    for (int64_t row = 0; row < queries; row += step, ++total) {
        const ggml_fp16_t * values = (const ggml_fp16_t *) ((const char *) mask->data + row*mask->nb[1]);
        for (int64_t i = 0; i < tokens; ++i) {
            seen += values[i] != HONE_UNSEEN;
        }
    }
    return 2*seen >= tokens*total;
}

#if defined(HONE_ATTENDS)

// Queries whose masks are read at once, and the least tokens that they must share to be computed together.
constexpr int     HONE_BLOCK_ROWS = 12;
constexpr int64_t HONE_SHARED     = 16;

// Four sums of 16 lanes.
static inline __m128 hone_sums(__m512 v0, __m512 v1, __m512 v2, __m512 v3) {
    const __m512d a = _mm512_castps_pd(
        _mm512_add_ps(_mm512_unpacklo_ps(v0, v1), _mm512_unpackhi_ps(v0, v1)));
    const __m512d b = _mm512_castps_pd(
        _mm512_add_ps(_mm512_unpacklo_ps(v2, v3), _mm512_unpackhi_ps(v2, v3)));
    const __m512 c = _mm512_add_ps(
        _mm512_castpd_ps(_mm512_unpacklo_pd(a, b)), _mm512_castpd_ps(_mm512_unpackhi_pd(a, b)));
    const __m256 d = _mm256_add_ps(_mm512_castps512_ps256(c),
        _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(c), 1)));
    return _mm_add_ps(_mm256_castps256_ps128(d), _mm256_extractf128_ps(d, 1));
}

static inline __m512 hone_half(const char * row, int part) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *) (row + 32*part)));
}

// Turns a head's scores into weights, and returns their sum.
static inline double hone_weigh(const float * score, double * weight, int64_t padded) {
    __m512 high = _mm512_set1_ps(-INFINITY);
    for (int64_t i = 0; i < padded; i += 16) {
        high = _mm512_max_ps(high, _mm512_loadu_ps(score + i));
    }
    const __m512 most = _mm512_set1_ps(_mm512_reduce_max_ps(high));
    __m512d total = _mm512_setzero_pd();
    for (int64_t i = 0; i < padded; i += 16) {
        const __m512  w = ggml_v_expf(_mm512_sub_ps(_mm512_loadu_ps(score + i), most));
        const __m512d a = _mm512_cvtps_pd(_mm512_castps512_ps256(w));
        const __m512d b = _mm512_cvtps_pd(_mm512_extractf32x8_ps(w, 1));
        _mm512_storeu_pd(weight + i, a);
        _mm512_storeu_pd(weight + i + 8, b);
        total = _mm512_add_pd(total, _mm512_add_pd(a, b));
    }
    return _mm512_reduce_add_pd(total);
}

// Where the keys and values of a group of heads lie, by token.
struct hone_memory {
    const char * keys;
    const char * values;
    size_t key_stride, value_stride;
};

// The scores of four tokens from the i-th on, for HEADS heads of each of several queries.
template <int PARTS, int HEADS>
static inline void hone_score(const hone_memory & memory, hone_view * views, int queries, const float * q,
                              int64_t i) {
    __m512 key[4][PARTS];
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
        const char * at = memory.keys + views[0].seen[i + j]*memory.key_stride;
#pragma GCC unroll 16
        for (int p = 0; p < PARTS; ++p) { key[j][p] = hone_half(at, p); }
    }
    for (int t = 0; t < queries; ++t) {
        hone_view & view  = views[t];
        const __m128 bias = _mm_loadu_ps(view.bias.data() + i);
#pragma GCC unroll 4
        for (int h = 0; h < HEADS; ++h, q += 16*PARTS) {
            __m512 dot[4];
            const __m512 first = _mm512_loadu_ps(q);
#pragma GCC unroll 4
            for (int j = 0; j < 4; ++j) { dot[j] = _mm512_mul_ps(first, key[j][0]); }
#pragma GCC unroll 16
            for (int p = 1; p < PARTS; ++p) {
                const __m512 part = _mm512_loadu_ps(q + 16*p);
#pragma GCC unroll 4
                for (int j = 0; j < 4; ++j) { dot[j] = _mm512_fmadd_ps(part, key[j][p], dot[j]); }
            }
            const __m128 score = hone_sums(dot[0], dot[1], dot[2], dot[3]);
            _mm_storeu_ps(view.score.data() + h*view.padded + i, _mm_add_ps(score, bias));
        }
    }
}

// Adds up a part of the values of tokens from ..< to, weighted, for HEADS heads of QUERIES queries.
template <int HEADS, int QUERIES>
static inline void hone_add(const hone_memory & memory, const hone_view * views, int part, int64_t from,
                            int64_t to, __m512d (*sums)[2]) {
    const double * weights[QUERIES*HEADS];
    for (int t = 0; t < QUERIES; ++t) {
        for (int h = 0; h < HEADS; ++h) {
            weights[t*HEADS + h] = views[t].weight.data() + h*views[t].padded;
        }
    }
    __m512d total[QUERIES*HEADS][2];
#pragma GCC unroll 12
    for (int n = 0; n < QUERIES*HEADS; ++n) {
        total[n][0] = sums[n][0];
        total[n][1] = sums[n][1];
    }
    const int32_t * seen = views[0].seen.data();
    for (int64_t i = from; i < to; ++i) {
        const __m512  v    = hone_half(memory.values + seen[i]*memory.value_stride, part);
        const __m512d low  = _mm512_cvtps_pd(_mm512_castps512_ps256(v));
        const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(v, 1));
#pragma GCC unroll 12
        for (int n = 0; n < QUERIES*HEADS; ++n) {
            const __m512d w = _mm512_set1_pd(weights[n][i]);
            total[n][0] = _mm512_fmadd_pd(w, low, total[n][0]);
            total[n][1] = _mm512_fmadd_pd(w, high, total[n][1]);
        }
    }
#pragma GCC unroll 12
    for (int n = 0; n < QUERIES*HEADS; ++n) {
        sums[n][0] = total[n][0];
        sums[n][1] = total[n][1];
    }
}

// What goes into an attention and where it comes out, by query and head.
struct hone_rows {
    const char * queries;
    size_t query_row, query_head;
    char * out;
    size_t out_row, out_head;
    float scale;
};

// The attention of QUERIES queries, in a row, in HEADS heads that share keys; PARTS is a head's size in
// 16ths. Of the first `shared` tokens, which all of them see, keys and values are fetched once. Each query's
// sums are those that it would have alone, in the same order.
template <int PARTS, int HEADS, int QUERIES>
static void hone_attend(const hone_memory & memory, hone_view * views, const hone_rows & rows, int64_t shared) {
    float q[QUERIES*HEADS*PARTS*16];
    double totals[QUERIES*HEADS];
    for (int n = 0; n < QUERIES*HEADS; ++n) {
        const float * from = (const float *) (rows.queries + n/HEADS*rows.query_row + n % HEADS*rows.query_head);
        for (int p = 0; p < PARTS; ++p) {
            _mm512_storeu_ps(q + (n*PARTS + p)*16,
                             _mm512_mul_ps(_mm512_loadu_ps(from + 16*p), _mm512_set1_ps(rows.scale)));
        }
    }
    const int64_t together = QUERIES > 1 ? shared/4*4 : 0;
    for (int t = 0; t < QUERIES; ++t) {
        const size_t size = HEADS*views[t].padded;
        if (views[t].score.size() < size) {
            views[t].score.resize(size);
            views[t].weight.resize(size);
        }
    }
    for (int64_t i = 0; i < together; i += 4) {
        hone_score<PARTS, HEADS>(memory, views, QUERIES, q, i);
    }
    for (int t = 0; t < QUERIES; ++t) {
        hone_view & view = views[t];
        for (int64_t i = together; i < view.padded; i += 4) {
            hone_score<PARTS, HEADS>(memory, &view, 1, q + t*HEADS*PARTS*16, i);
        }
        for (int h = 0; h < HEADS; ++h) {
            totals[t*HEADS + h] = hone_weigh(view.score.data() + h*view.padded,
                                             view.weight.data() + h*view.padded, view.padded);
        }
    }
    for (int p = 0; p < PARTS; ++p) {
        __m512d sums[QUERIES*HEADS][2];
        for (int n = 0; n < QUERIES*HEADS; ++n) {
            sums[n][0] = sums[n][1] = _mm512_setzero_pd();
        }
        hone_add<HEADS, QUERIES>(memory, views, p, 0, together, sums);
        for (int t = 0; t < QUERIES; ++t) {
            hone_add<HEADS, 1>(memory, views + t, p, together, views[t].count, sums + t*HEADS);
        }
        for (int n = 0; n < QUERIES*HEADS; ++n) {
            float * to = (float *) (rows.out + n/HEADS*rows.out_row + n % HEADS*rows.out_head) + 16*p;
            const __m512d share = _mm512_set1_pd(totals[n] > 0.0 ? 1.0/totals[n] : 0.0);
            _mm256_storeu_ps(to, _mm512_cvtpd_ps(_mm512_mul_pd(sums[n][0], share)));
            _mm256_storeu_ps(to + 8, _mm512_cvtpd_ps(_mm512_mul_pd(sums[n][1], share)));
        }
    }
}

// As many queries as keep their sums in registers, then pairs, then one by one; those that see other
// tokens than the ones before them begin anew.
template <int PARTS, int HEADS>
static void hone_attend_block(const hone_memory & memory, hone_view * views, int64_t count, hone_rows rows) {
    constexpr int MOST = HONE_BLOCK_ROWS/HEADS;
    while (count > 0) {
        int64_t shared = views[0].count;
        int64_t like   = 1;
        while (like < std::min<int64_t>(MOST, count)) {
            const int64_t with = std::min(shared, views[0].shared(views[like]));
            if (with < HONE_SHARED) {
                break;
            }
            shared = with;
            ++like;
        }
        const int64_t done = like == MOST ? MOST : like > 1 ? 2 : 1;
        if (done == MOST) {
            hone_attend<PARTS, HEADS, MOST>(memory, views, rows, shared);
        } else if (done == 2) {
            hone_attend<PARTS, HEADS, 2>(memory, views, rows, shared);
        } else {
            hone_attend<PARTS, HEADS, 1>(memory, views, rows, shared);
        }
        views        += done;
        count        -= done;
        rows.queries += done*rows.query_row;
        rows.out     += done*rows.out_row;
    }
}

// Whether an attention is of the kind that is computed here.
static bool hone_covers(const ggml_tensor * dst) {
    const ggml_tensor * q    = dst->src[0];
    const ggml_tensor * k    = dst->src[1];
    const ggml_tensor * v    = dst->src[2];
    const ggml_tensor * mask = dst->src[3];
    float max_bias, logit_softcap;
    memcpy(&max_bias,      (const float *) dst->op_params + 1, sizeof(float));
    memcpy(&logit_softcap, (const float *) dst->op_params + 2, sizeof(float));
    const int64_t size = k->ne[0];
    return mask != nullptr && mask->type == GGML_TYPE_F16 && mask->ne[2] == 1 && dst->src[4] == nullptr &&
           max_bias == 0.0f && logit_softcap == 0.0f && q->type == GGML_TYPE_F32 &&
           k->type == GGML_TYPE_F16 && v->type == GGML_TYPE_F16 && v->ne[0] == size &&
           k->ne[2] == v->ne[2] && k->ne[3] == v->ne[3] && q->ne[2] % k->ne[2] == 0 &&
           (size == 64 || size == 128 || size == 256);
}

template <int PARTS>
static void hone_attend_rows(ggml_tensor * dst, int64_t ir0, int64_t ir1) {
    const ggml_tensor * q    = dst->src[0];
    const ggml_tensor * k    = dst->src[1];
    const ggml_tensor * v    = dst->src[2];
    const ggml_tensor * mask = dst->src[3];
    float scale;
    memcpy(&scale, (const float *) dst->op_params, sizeof(float));
    const int64_t rows = q->ne[1], groups = k->ne[2], heads = q->ne[2]/groups;
    const size_t out_stride = dst->nb[1];
    // A unit is a query in a group of heads that share keys; the queries come in order, of each its groups.
    const int64_t first = (ir0 + heads - 1)/heads, end = (ir1 + heads - 1)/heads;
    static thread_local hone_view views[HONE_BLOCK_ROWS];
    for (int64_t row = first/groups; row*groups < end;) {
        const int64_t i1 = row % rows, i3 = row/rows, k3 = i3/(q->ne[3]/k->ne[3]);
        const int64_t after = std::min({row + HONE_BLOCK_ROWS, (i3 + 1)*rows, (end + groups - 1)/groups});
        for (int64_t n = row; n < after; ++n) {
            views[n - row].read((const ggml_fp16_t *) ((const char *) mask->data + n % rows*mask->nb[1] +
                                                       (i3 % mask->ne[3])*mask->nb[3]), k->ne[1]);
        }
        for (int64_t group = 0; group < groups; ++group) {
            // The first and the last query may have groups that another thread computes.
            const int64_t from  = row*groups + group < first ? 1 : 0;
            const int64_t count = after - row - from - ((after - 1)*groups + group >= end ? 1 : 0);
            const hone_memory memory = {
                (const char *) k->data + group*k->nb[2] + k3*k->nb[3],
                (const char *) v->data + group*v->nb[2] + k3*v->nb[3], k->nb[1], v->nb[1]};
            for (int64_t head = 0; head < heads;) {
                const int64_t i2 = group*heads + head, left = heads - head;
                const auto attend = left >= 4 ? hone_attend_block<PARTS, 4> : left == 3 ? hone_attend_block<PARTS, 3>
                                  : left == 2 ? hone_attend_block<PARTS, 2> : hone_attend_block<PARTS, 1>;
                attend(memory, views + from, count,
                       {(const char *) q->data + (i1 + from)*q->nb[1] + i2*q->nb[2] + i3*q->nb[3], q->nb[1], q->nb[2],
                        (char *) dst->data + (i3*dst->ne[2]*dst->ne[1] + i2 + (i1 + from)*dst->ne[1])*out_stride,
                        (size_t) dst->ne[1]*out_stride, out_stride, scale});
                head += std::min<int64_t>(left, 4);
            }
        }
        row = after;
    }
}

// Computes what belongs to rows ir0 ..< ir1 of an attention; false where this kind is not covered.
static bool hone_attend(ggml_tensor * dst, int64_t ir0, int64_t ir1) {
    if (!hone_covers(dst)) {
        return false;
    }
    switch (dst->src[1]->ne[0]) {
        case 64: hone_attend_rows<4>(dst, ir0, ir1); break;
        case 128: hone_attend_rows<8>(dst, ir0, ir1); break;
        default: hone_attend_rows<16>(dst, ir0, ir1); break;
    }
    return true;
}

#else

static bool hone_covers(const ggml_tensor *) {
    return false;
}

static bool hone_attend(ggml_tensor *, int64_t, int64_t) {
    return false;
}

#endif
