// SPDX-License-Identifier: Apache-2.0
// Attention of queries that see few of the tokens in the KV memory; included by ggml-cpu/ops.cpp.
//
// llama.cpp looks at every token of the memory, one by one, to find out which ones a query sees, and
// from 64 queries on it works in tiles that compute the unseen ones too. Hone keeps many short
// branches in one memory, of which a query sees one in fifty.
//
// Sums run in double precision and the largest score is found first, so a result does not depend on
// where in the memory the tokens lie: with products in whole numbers (hone-integers.h), which make
// the most of the smallest difference, a request would else be answered differently in a batch.
#pragma once

// In half precision, minus infinity: a token that a query does not see.
static constexpr ggml_fp16_t HONE_UNSEEN = 0xFC00;

// How many of the next n tokens a query does not see.
static inline int64_t hone_unseen(const ggml_fp16_t * mask, int64_t n) {
    int64_t i = 0;
#if defined(__AVX512F__)
    const __m512i unseen = _mm512_set1_epi16((short) HONE_UNSEEN);
    for (; i + 128 <= n; i += 128) {
        const __m512i a = _mm512_xor_si512(_mm512_loadu_si512(mask + i), unseen);
        const __m512i b = _mm512_xor_si512(_mm512_loadu_si512(mask + i + 32), unseen);
        const __m512i c = _mm512_xor_si512(_mm512_loadu_si512(mask + i + 64), unseen);
        const __m512i d = _mm512_xor_si512(_mm512_loadu_si512(mask + i + 96), unseen);
        const __m512i any = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
        if (_mm512_test_epi64_mask(any, any)) {
            break;
        }
    }
#endif
    for (; i + 16 <= n; i += 16) {
        uint64_t words[4];
        memcpy(words, mask + i, sizeof(words));
        const uint64_t unseen4 = 0xFC00FC00FC00FC00ULL;
        if ((words[0] ^ unseen4) | (words[1] ^ unseen4) | (words[2] ^ unseen4) | (words[3] ^ unseen4)) {
            break;
        }
    }
    while (i < n && mask[i] == HONE_UNSEEN) {
        ++i;
    }
    return i;
}

// Whether queries see so many tokens that llama.cpp's tiles are faster, judged by 16 of them.
static bool hone_sees_much(const ggml_tensor * mask, int64_t queries, int64_t tokens) {
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
    return seen >= MUCH*total;
}

#if defined(__AVX512F__) && defined(__AVX512DQ__)

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

// The tokens that a query sees, and room for what is computed of them.
struct hone_view {
    std::vector<int32_t> seen;
    std::vector<float>   bias;
    std::vector<float>   score;
    std::vector<double>  weight;
    int64_t count  = 0;
    int64_t padded = 0;

    // Reads a row of the mask; filled up to 16 with repeats that count for nothing.
    void read(const ggml_fp16_t * mask, int64_t tokens) {
        seen.clear();
        bias.clear();
        for (int64_t at = 0; at < tokens;) {
            if (mask[at] == HONE_UNSEEN) {
                at += 1 + hone_unseen(mask + at + 1, tokens - at - 1);
            } else {
                bias.push_back(GGML_CPU_FP16_TO_FP32(mask[at]));
                seen.push_back((int32_t) at++);
            }
        }
        count = (int64_t) seen.size();
        while (!seen.empty() && seen.size() % 16 != 0) {
            seen.push_back(seen[0]);
            bias.push_back(-INFINITY);
        }
        padded = (int64_t) seen.size();
        score.resize(padded);
    }
};

static inline __m512 hone_half(const char * row, int part) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *) (row + 32*part)));
}

// Turns a head's scores into weights, and returns their sum.
static inline double hone_weigh(float * score, double * weight, int64_t padded) {
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

// The attention of a query in HEADS heads that share keys; PARTS is a head's size in 16ths.
template <int PARTS, int HEADS>
static void hone_attend(hone_view & view, const char * query, size_t query_stride, float scale,
                        const char * keys, size_t key_stride, const char * values, size_t value_stride,
                        char * out, size_t out_stride) {
    view.weight.resize(HEADS*view.padded);
    double totals[HEADS];
    for (int h = 0; h < HEADS; ++h) {
        __m512 q[PARTS];
        for (int p = 0; p < PARTS; ++p) {
            q[p] = _mm512_mul_ps(_mm512_loadu_ps((const float *) (query + h*query_stride) + 16*p),
                                 _mm512_set1_ps(scale));
        }
        for (int64_t i = 0; i < view.padded; i += 4) {
            __m512 dot[4];
            for (int j = 0; j < 4; ++j) {
                const char * key = keys + view.seen[i + j]*key_stride;
                dot[j] = _mm512_mul_ps(q[0], hone_half(key, 0));
                for (int p = 1; p < PARTS; ++p) {
                    dot[j] = _mm512_fmadd_ps(q[p], hone_half(key, p), dot[j]);
                }
            }
            const __m128 score = hone_sums(dot[0], dot[1], dot[2], dot[3]);
            _mm_storeu_ps(view.score.data() + i, _mm_add_ps(score, _mm_loadu_ps(view.bias.data() + i)));
        }
        totals[h] = hone_weigh(view.score.data(), view.weight.data() + h*view.padded, view.padded);
    }
    for (int p = 0; p < PARTS; ++p) {
        __m512d sums[HEADS][2];
        for (int h = 0; h < HEADS; ++h) {
            sums[h][0] = _mm512_setzero_pd();
            sums[h][1] = _mm512_setzero_pd();
        }
        for (int64_t i = 0; i < view.count; ++i) {
            const __m512  v    = hone_half(values + view.seen[i]*value_stride, p);
            const __m512d low  = _mm512_cvtps_pd(_mm512_castps512_ps256(v));
            const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(v, 1));
#pragma GCC unroll 4
            for (int h = 0; h < HEADS; ++h) {
                const __m512d w = _mm512_set1_pd(view.weight[h*view.padded + i]);
                sums[h][0] = _mm512_fmadd_pd(w, low, sums[h][0]);
                sums[h][1] = _mm512_fmadd_pd(w, high, sums[h][1]);
            }
        }
        for (int h = 0; h < HEADS; ++h) {
            float * to = (float *) (out + h*out_stride) + 16*p;
            const __m512d share = _mm512_set1_pd(totals[h] > 0.0 ? 1.0/totals[h] : 0.0);
            _mm256_storeu_ps(to, _mm512_cvtpd_ps(_mm512_mul_pd(sums[h][0], share)));
            _mm256_storeu_ps(to + 8, _mm512_cvtpd_ps(_mm512_mul_pd(sums[h][1], share)));
        }
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
    static thread_local hone_view view;
    int64_t read = -1;
    // Queries in order, and of each the groups of heads that share keys, so that what it sees is
    // found out once.
    for (int64_t unit = (ir0 + heads - 1)/heads; unit*heads < ir1; ++unit) {
        const int64_t group = unit % groups, row = unit/groups, i1 = row % rows, i3 = row/rows;
        if (row != read) {
            view.read((const ggml_fp16_t *) ((const char *) mask->data + i1*mask->nb[1] +
                                             (i3 % mask->ne[3])*mask->nb[3]), k->ne[1]);
            read = row;
        }
        const int64_t k3 = i3/(q->ne[3]/k->ne[3]);
        const char * keys   = (const char *) k->data + group*k->nb[2] + k3*k->nb[3];
        const char * values = (const char *) v->data + group*v->nb[2] + k3*v->nb[3];
        for (int64_t head = 0; head < heads;) {
            const int64_t i2 = group*heads + head, left = heads - head;
            const auto attend = left >= 4 ? hone_attend<PARTS, 4> : left == 3 ? hone_attend<PARTS, 3>
                              : left == 2 ? hone_attend<PARTS, 2> : hone_attend<PARTS, 1>;
            attend(view, (const char *) q->data + i1*q->nb[1] + i2*q->nb[2] + i3*q->nb[3], q->nb[2], scale,
                   keys, k->nb[1], values, v->nb[1],
                   (char *) dst->data + (i3*dst->ne[2]*dst->ne[1] + i2 + i1*dst->ne[1])*out_stride, out_stride);
            head += std::min<int64_t>(left, 4);
        }
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
