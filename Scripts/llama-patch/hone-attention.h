// SPDX-License-Identifier: Apache-2.0
// Attention of queries that see few of the tokens in the KV memory; included by ggml-cpu/ops.cpp.
//
// llama.cpp looks at every token of the memory, one by one, to find out which ones a query sees, and
// from 64 queries on it works in tiles that compute the unseen ones too. Hone keeps many short
// branches in one memory, of which a query sees one in fifty.
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

// Whether queries see a fifth of the memory or more, judged by 16 of them.
static bool hone_sees_much(const ggml_tensor * mask, int64_t queries, int64_t tokens) {
    if (mask == nullptr || mask->type != GGML_TYPE_F16) {
        return true;
    }
    const int64_t step = queries > 16 ? queries / 16 : 1;
    int64_t seen  = 0;
    int64_t total = 0;
    for (int64_t row = 0; row < queries; row += step) {
        const ggml_fp16_t * values = (const ggml_fp16_t *) ((const char *) mask->data + row*mask->nb[1]);
        for (int64_t i = 0; i < tokens; ++i) {
            seen += values[i] != HONE_UNSEEN;
        }
        total += tokens;
    }
    return 5*seen >= total;
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

// One head's attention of one query over the tokens it sees; PARTS is the head's size in 16ths.
template <int PARTS>
static void hone_attend(const float * query, float scale, const ggml_fp16_t * mask, int64_t tokens,
                        const char * keys, size_t key_stride, const char * values, size_t value_stride,
                        float * out) {
    constexpr int BLOCK = 64;
    const auto half = [](const char * row, int part) {
        return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *) (row + 32*part)));
    };
    __m512 q[PARTS];
    __m512 sum[PARTS];
    for (int p = 0; p < PARTS; ++p) {
        q[p]   = _mm512_mul_ps(_mm512_loadu_ps(query + 16*p), _mm512_set1_ps(scale));
        sum[p] = _mm512_setzero_ps();
    }
    float most  = -INFINITY;
    float total = 0.0f;
    int64_t at = 0;
    while (at < tokens) {
        // What the query sees next, filled up to four with repeats that count for nothing.
        int32_t seen[BLOCK];
        alignas(64) float weight[BLOCK];
        int n = 0;
        while (at < tokens && n < BLOCK) {
            if (mask[at] == HONE_UNSEEN) {
                at += 1 + hone_unseen(mask + at + 1, tokens - at - 1);
            } else {
                weight[n] = GGML_CPU_FP16_TO_FP32(mask[at]);
                seen[n++] = (int32_t) at++;
            }
        }
        if (n == 0) {
            break;
        }
        int padded = n;
        for (; padded % 16 != 0; ++padded) {
            seen[padded]   = seen[0];
            weight[padded] = -INFINITY;
        }
        __m512 high = _mm512_set1_ps(-INFINITY);
        for (int i = 0; i < padded; i += 4) {
            if (i >= n) {
                continue;
            }
            __m512 dot[4];
            for (int j = 0; j < 4; ++j) {
                const char * key = keys + seen[i + j]*key_stride;
                dot[j] = _mm512_mul_ps(q[0], half(key, 0));
                for (int p = 1; p < PARTS; ++p) {
                    dot[j] = _mm512_fmadd_ps(q[p], half(key, p), dot[j]);
                }
            }
            const __m128 score = hone_sums(dot[0], dot[1], dot[2], dot[3]);
            _mm_store_ps(weight + i, _mm_add_ps(score, _mm_load_ps(weight + i)));
        }
        for (int i = 0; i < padded; i += 16) {
            high = _mm512_max_ps(high, _mm512_load_ps(weight + i));
        }
        const float peak = std::max(most, _mm512_reduce_max_ps(high));
        if (peak > most) {
            const float shrink = expf(most - peak);
            total *= shrink;
            for (int p = 0; p < PARTS; ++p) {
                sum[p] = _mm512_mul_ps(sum[p], _mm512_set1_ps(shrink));
            }
            most = peak;
        }
        __m512 added = _mm512_setzero_ps();
        for (int i = 0; i < padded; i += 16) {
            const __m512 w = ggml_v_expf(_mm512_sub_ps(_mm512_load_ps(weight + i), _mm512_set1_ps(most)));
            _mm512_store_ps(weight + i, w);
            added = _mm512_add_ps(added, w);
        }
        total += _mm512_reduce_add_ps(added);
        for (int i = 0; i < n; ++i) {
            const char * value = values + seen[i]*value_stride;
            const __m512 w = _mm512_set1_ps(weight[i]);
            for (int p = 0; p < PARTS; ++p) {
                sum[p] = _mm512_fmadd_ps(w, half(value, p), sum[p]);
            }
        }
    }
    const float share = total == 0.0f ? 0.0f : 1.0f/total;
    for (int p = 0; p < PARTS; ++p) {
        _mm512_storeu_ps(out + 16*p, _mm512_mul_ps(sum[p], _mm512_set1_ps(share)));
    }
}

// Computes rows ir0 ..< ir1 of an attention; false where this kind is not covered.
static bool hone_attend(ggml_tensor * dst, int64_t ir0, int64_t ir1) {
    const ggml_tensor * q    = dst->src[0];
    const ggml_tensor * k    = dst->src[1];
    const ggml_tensor * v    = dst->src[2];
    const ggml_tensor * mask = dst->src[3];
    float scale, max_bias, logit_softcap;
    memcpy(&scale,         (const float *) dst->op_params + 0, sizeof(float));
    memcpy(&max_bias,      (const float *) dst->op_params + 1, sizeof(float));
    memcpy(&logit_softcap, (const float *) dst->op_params + 2, sizeof(float));
    const int64_t size = k->ne[0];
    if (mask == nullptr || mask->type != GGML_TYPE_F16 || dst->src[4] != nullptr || max_bias != 0.0f ||
        logit_softcap != 0.0f || q->type != GGML_TYPE_F32 || k->type != GGML_TYPE_F16 ||
        v->type != GGML_TYPE_F16 || v->ne[0] != size || (size != 64 && size != 128 && size != 256)) {
        return false;
    }
    const auto attend = size == 64 ? hone_attend<4> : size == 128 ? hone_attend<8> : hone_attend<16>;
    const int64_t rows  = q->ne[1];
    const int64_t heads = q->ne[2];
    for (int64_t ir = ir0; ir < ir1; ++ir) {
        const int64_t i3 = ir/(heads*rows);
        const int64_t i2 = (ir - i3*heads*rows)/rows;
        const int64_t i1 = ir - i3*heads*rows - i2*rows;
        attend((const float *) ((const char *) q->data + i1*q->nb[1] + i2*q->nb[2] + i3*q->nb[3]), scale,
               (const ggml_fp16_t *) ((const char *) mask->data + i1*mask->nb[1] +
                   (i2 % mask->ne[2])*mask->nb[2] + (i3 % mask->ne[3])*mask->nb[3]),
               k->ne[1],
               (const char *) k->data + i2/(heads/k->ne[2])*k->nb[2] + i3/(q->ne[3]/k->ne[3])*k->nb[3], k->nb[1],
               (const char *) v->data + i2/(heads/v->ne[2])*v->nb[2] + i3/(q->ne[3]/v->ne[3])*v->nb[3], v->nb[1],
               (float *) ((char *) dst->data + (i3*dst->ne[2]*dst->ne[1] + i2 + i1*dst->ne[1])*dst->nb[1]));
    }
    return true;
}

#else

static bool hone_attend(ggml_tensor *, int64_t, int64_t) {
    return false;
}

#endif
