// SPDX-License-Identifier: Apache-2.0
// Products of quantized weights in whole numbers; included by ggml-cpu/repack.cpp.
//
// Weights of 4, 5 and 8 bits are kept as a byte each, 16 rows beside each other, with their own
// scales and offsets, so nothing of them is lost; numbers that they are multiplied with are rounded
// to 8 bits a block of 32, as llama.cpp always does with such weights. One instruction then
// multiplies and adds 64 pairs. A result does not depend on how many rows are computed together.
#pragma once

namespace ggml::cpu::repack {

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VNNI__)

constexpr int64_t HONE_BLOCK = 32;  // numbers that share a scale
constexpr int64_t HONE_LANES = 16;  // rows of weights beside each other
constexpr int64_t HONE_STRIP = 96;  // rows of the other factor that a thread takes at once

// 32 weights of 16 rows: d*q + m. Four bytes of a row stand together.
struct hone_weights {
    ggml_half d[HONE_LANES];
    ggml_half m[HONE_LANES];
    uint8_t   q[HONE_BLOCK*HONE_LANES];
};
static_assert(sizeof(hone_weights) == 576, "weights are packed");

static inline uint8_t hone_nibble(const uint8_t * qs, int64_t i) {
    return i < 16 ? qs[i] & 15 : qs[i - 16] >> 4;
}

static inline uint8_t hone_fifth_bit(const uint8_t * qh, int64_t i) {
    uint32_t bits;
    memcpy(&bits, qh, sizeof(bits));
    return ((bits >> i) & 1) << 4;
}

// Whether a type's blocks can be kept so.
static inline bool hone_takes(ggml_type type) {
    return type == GGML_TYPE_Q4_0 || type == GGML_TYPE_Q4_1 || type == GGML_TYPE_Q5_0 ||
           type == GGML_TYPE_Q5_1 || type == GGML_TYPE_Q8_0;
}

// Takes one block of one row into its lane.
static inline void hone_pack(ggml_type type, const void * block, hone_weights & to, int64_t lane) {
    const auto put = [&](int64_t i, uint8_t q) { to.q[(i/4)*4*HONE_LANES + lane*4 + i%4] = q; };
    const auto centred = [&](ggml_half d, float zero) {
        to.d[lane] = d;
        // The zero is a power of two, so this is exact.
        to.m[lane] = GGML_CPU_FP32_TO_FP16(-zero*GGML_CPU_FP16_TO_FP32(d));
    };
    switch (type) {
        case GGML_TYPE_Q4_0: {
            const auto & b = *(const block_q4_0 *) block;
            centred(b.d, 8);
            for (int64_t i = 0; i < HONE_BLOCK; ++i) { put(i, hone_nibble(b.qs, i)); }
        } break;
        case GGML_TYPE_Q4_1: {
            const auto & b = *(const block_q4_1 *) block;
            to.d[lane] = b.data.data.d;
            to.m[lane] = b.data.data.m;
            for (int64_t i = 0; i < HONE_BLOCK; ++i) { put(i, hone_nibble(b.qs, i)); }
        } break;
        case GGML_TYPE_Q5_0: {
            const auto & b = *(const block_q5_0 *) block;
            centred(b.d, 16);
            for (int64_t i = 0; i < HONE_BLOCK; ++i) {
                put(i, hone_nibble(b.qs, i) | hone_fifth_bit(b.qh, i));
            }
        } break;
        case GGML_TYPE_Q5_1: {
            const auto & b = *(const block_q5_1 *) block;
            to.d[lane] = b.data.data.d;
            to.m[lane] = b.data.data.m;
            for (int64_t i = 0; i < HONE_BLOCK; ++i) {
                put(i, hone_nibble(b.qs, i) | hone_fifth_bit(b.qh, i));
            }
        } break;
        default: {
            const auto & b = *(const block_q8_0 *) block;
            centred(b.d, 128);
            for (int64_t i = 0; i < HONE_BLOCK; ++i) { put(i, (uint8_t) (b.qs[i] + 128)); }
        } break;
    }
}

// A row of the other factor: the scales of its blocks, their sums, and its numbers in 8 bits.
struct hone_row {
    float *  scales;
    float *  sums;
    int8_t * q;

    hone_row(char * at, int64_t blocks)
        : scales((float *) at), sums(scales + blocks), q((int8_t *) (sums + blocks)) {}

    static size_t size(int64_t blocks) { return blocks*(2*sizeof(float) + HONE_BLOCK); }
};

static inline void hone_round(const float * x, const hone_row & to, int64_t blocks) {
    for (int64_t b = 0; b < blocks; ++b) {
        const __m512 low  = _mm512_loadu_ps(x + b*HONE_BLOCK);
        const __m512 high = _mm512_loadu_ps(x + b*HONE_BLOCK + 16);
        const float  most = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(low), _mm512_abs_ps(high)));
        const __m512 by   = _mm512_set1_ps(most > 0 ? 127.0f/most : 0.0f);
        const __m512i a   = _mm512_cvtps_epi32(_mm512_mul_ps(low, by));
        const __m512i c   = _mm512_cvtps_epi32(_mm512_mul_ps(high, by));
        _mm_storeu_si128((__m128i *) (to.q + b*HONE_BLOCK), _mm512_cvtsepi32_epi8(a));
        _mm_storeu_si128((__m128i *) (to.q + b*HONE_BLOCK + 16), _mm512_cvtsepi32_epi8(c));
        to.scales[b] = most/127.0f;
        to.sums[b]   = to.scales[b]*(float) _mm512_reduce_add_epi32(_mm512_add_epi32(a, c));
    }
}

// R groups of 16 rows of weights times C rows of the other factor.
template <int R, int C>
static void hone_tile(const hone_weights * weights, int64_t blocks, const char * rows, size_t row_size,
                      float * const * out) {
    __m512 results[R][C];
    const float  * scales[C];
    const int8_t * q[C];
#pragma GCC unroll 8
    for (int c = 0; c < C; ++c) {
        const hone_row row(const_cast<char *>(rows) + c*row_size, blocks);
        scales[c] = row.scales;
        q[c]      = row.q;
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) { results[r][c] = _mm512_setzero_ps(); }
    }
    for (int64_t b = 0; b < blocks; ++b) {
        __m512i sums[R][C];
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
            for (int c = 0; c < C; ++c) { sums[r][c] = _mm512_setzero_si512(); }
        }
#pragma GCC unroll 8
        for (int g = 0; g < HONE_BLOCK/4; ++g) {
            __m512i w[R];
#pragma GCC unroll 8
            for (int r = 0; r < R; ++r) {
                w[r] = _mm512_loadu_si512(weights[r*blocks + b].q + g*4*HONE_LANES);
            }
#pragma GCC unroll 8
            for (int c = 0; c < C; ++c) {
                int32_t four;
                memcpy(&four, q[c] + b*HONE_BLOCK + g*4, sizeof(four));
                const __m512i x = _mm512_set1_epi32(four);
#pragma GCC unroll 8
                for (int r = 0; r < R; ++r) { sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], w[r], x); }
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            const hone_weights & block = weights[r*blocks + b];
            const __m512 d = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *) block.d));
            const __m512 m = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *) block.m));
#pragma GCC unroll 8
            for (int c = 0; c < C; ++c) {
                const __m512 scale = _mm512_mul_ps(d, _mm512_set1_ps(scales[c][b]));
                results[r][c] = _mm512_fmadd_ps(m, _mm512_set1_ps(scales[c][blocks + b]), results[r][c]);
                results[r][c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][c]), scale, results[r][c]);
            }
        }
    }
#pragma GCC unroll 8
    for (int c = 0; c < C; ++c) {
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) { _mm512_storeu_ps(out[c] + r*HONE_LANES, results[r][c]); }
    }
}

template <int R>
static void hone_tiles(int64_t count, const hone_weights * weights, int64_t blocks, const char * rows,
                       size_t row_size, float * const * out) {
    for (; count >= 6; count -= 6, rows += 6*row_size, out += 6) {
        hone_tile<R, 6>(weights, blocks, rows, row_size, out);
    }
    switch (count) {
        case 5: return hone_tile<R, 5>(weights, blocks, rows, row_size, out);
        case 4: return hone_tile<R, 4>(weights, blocks, rows, row_size, out);
        case 3: return hone_tile<R, 3>(weights, blocks, rows, row_size, out);
        case 2: return hone_tile<R, 2>(weights, blocks, rows, row_size, out);
        case 1: return hone_tile<R, 1>(weights, blocks, rows, row_size, out);
        default: return;
    }
}

class hone_integers : public tensor_traits_base {
    bool work_size(int, const ggml_tensor * op, size_t & size) override {
        if (op->op != GGML_OP_MUL_MAT) { return false; }
        size = ggml_nrows(op->src[1])*hone_row::size(op->src[1]->ne[0]/HONE_BLOCK);
        return true;
    }

    bool compute_forward(ggml_compute_params * params, ggml_tensor * op) override {
        if (op->op != GGML_OP_MUL_MAT) { return false; }
        const ggml_tensor * by = op->src[1];
        GGML_ASSERT(by->nb[0] == sizeof(float) && op->nb[0] == sizeof(float));
        const int64_t count  = ggml_nrows(by);
        const int64_t blocks = by->ne[0]/HONE_BLOCK;
        const size_t  size   = hone_row::size(blocks);
        char * rows = (char *) params->wdata;
        const auto offset = [](const ggml_tensor * t, int64_t row) {
            const int64_t i1 = row % t->ne[1], rest = row/t->ne[1];
            return i1*t->nb[1] + (rest % t->ne[2])*t->nb[2] + (rest/t->ne[2])*t->nb[3];
        };
        for (int64_t row = params->ith; row < count; row += params->nth) {
            hone_round((const float *) ((const char *) by->data + offset(by, row)),
                       hone_row(rows + row*size, blocks), blocks);
        }
        ggml_barrier(params->threadpool);

        const int64_t groups = op->src[0]->ne[1]/HONE_LANES;
        const int64_t pairs  = (groups + 1)/2;
        const int64_t strips = (count + HONE_STRIP - 1)/HONE_STRIP;
        const int64_t first  = params->ith*pairs*strips/params->nth;
        const int64_t end    = (params->ith + 1)*pairs*strips/params->nth;
        for (int64_t unit = first; unit < end; ++unit) {
            const int64_t group = 2*(unit/strips), start = (unit % strips)*HONE_STRIP;
            const int64_t length = std::min(HONE_STRIP, count - start);
            const auto * weights = (const hone_weights *) op->src[0]->data + group*blocks;
            float * out[HONE_STRIP];
            for (int64_t i = 0; i < length; ++i) {
                out[i] = (float *) ((char *) op->data + offset(op, start + i)) + group*HONE_LANES;
            }
            if (group + 1 < groups) {
                hone_tiles<2>(length, weights, blocks, rows + start*size, size, out);
            } else {
                hone_tiles<1>(length, weights, blocks, rows + start*size, size, out);
            }
        }
        return true;
    }

    int repack(ggml_tensor * t, const void * data, size_t) override {
        const int64_t blocks = t->ne[0]/HONE_BLOCK;
        const size_t block_size = ggml_type_size(t->type), row_size = ggml_row_size(t->type, t->ne[0]);
        auto * to = (hone_weights *) t->data;
        for (int64_t row = 0; row < t->ne[1]; ++row) {
            for (int64_t b = 0; b < blocks; ++b) {
                hone_pack(t->type, (const char *) data + row*row_size + b*block_size,
                          to[(row/HONE_LANES)*blocks + b], row % HONE_LANES);
            }
        }
        return 0;
    }
};

// What multiplies a tensor's weights in whole numbers, or nothing where that cannot be.
static const ggml::cpu::tensor_traits * hone_traits(const ggml_tensor * t) {
    static const hone_integers integers;
    const bool fits = hone_takes(t->type) && ggml_n_dims(t) == 2 && t->ne[0] % HONE_BLOCK == 0 &&
                      t->ne[1] % HONE_LANES == 0;
    return fits ? &integers : nullptr;
}

static size_t hone_size(ggml_backend_buffer_type_t, const ggml_tensor * t) {
    if (!hone_traits(t)) { return ggml_nbytes(t); }
    return (size_t) (ggml_nelements(t)/(HONE_BLOCK*HONE_LANES))*sizeof(hone_weights);
}

#else

static const ggml::cpu::tensor_traits * hone_traits(const ggml_tensor *) { return nullptr; }
static size_t hone_size(ggml_backend_buffer_type_t, const ggml_tensor * t) { return ggml_nbytes(t); }

#endif

}  // namespace ggml::cpu::repack

// Whether this build, on this processor, multiplies weights of a type in whole numbers.
extern "C" __attribute__((visibility("default"))) bool hone_multiplies(int type) {
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VNNI__)
    return ggml::cpu::repack::hone_takes((ggml_type) type);
#else
    return type < 0;
#endif
}
