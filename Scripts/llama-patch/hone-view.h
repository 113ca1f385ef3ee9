// SPDX-License-Identifier: Apache-2.0
// Which tokens of the KV memory a query sees, by its row of the mask; included by hone-attention.h.
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

// Whether attention is computed here, 16 numbers at a time.
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__)
#define HONE_ATTENDS 1

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
        if ((int64_t) seen.size() < tokens + 32) {
            seen.resize(tokens + 32);
            bias.resize(tokens + 32);
        }
        count = 0;
        const __m256i unseen = _mm256_set1_epi16((short) HONE_UNSEEN);
        const __m512i lanes  = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        int64_t at = 0;
        while (at + 16 <= tokens) {
            const __m256i   values = _mm256_loadu_si256((const __m256i *) (mask + at));
            const __mmask16 sees   = _mm256_cmpneq_epi16_mask(values, unseen);
            if (!sees) {
                at += 16 + hone_unseen(mask + at + 16, tokens - at - 16)/16*16;
                continue;
            }
            const __m512i places = _mm512_add_epi32(_mm512_set1_epi32((int) at), lanes);
            _mm512_storeu_si512(seen.data() + count, _mm512_maskz_compress_epi32(sees, places));
            _mm512_storeu_ps(bias.data() + count, _mm512_maskz_compress_ps(sees, _mm512_cvtph_ps(values)));
            count += __builtin_popcount(sees);
            at += 16;
        }
        for (; at < tokens; ++at) {
            if (mask[at] != HONE_UNSEEN) {
                bias[count]   = GGML_CPU_FP16_TO_FP32(mask[at]);
                seen[count++] = (int32_t) at;
            }
        }
        for (padded = count; padded % 16 != 0; ++padded) {
            seen[padded] = seen[0];
            bias[padded] = -INFINITY;
        }
    }

    // How many of the first tokens that it sees another one sees first too.
    int64_t shared(const hone_view & other) const {
        const int64_t most = std::min(count, other.count);
        return std::mismatch(seen.begin(), seen.begin() + most, other.seen.begin()).first - seen.begin();
    }
};

#endif
