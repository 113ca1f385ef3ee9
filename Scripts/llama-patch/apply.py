#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes llama.cpp faster for Hone's use: apply.py LLAMA.CPP-FOLDER

1. Threads that wait for each other spin without end, so on a busy computer a run takes many times as
   long: the one that is waited for does not get its turn. After some spins they give theirs away.
2. Queries pass over what they do not see of the KV memory, and those that see the same are computed
   together: hone-attention.h.
3. Products of matrices add up their sums together, keep them in registers from the start and fetch
   weights in advance: hone-product.h.
4. Weights of 4, 5 and 8 bits are multiplied in whole numbers, 64 pairs an instruction, where the
   processor can: hone-integers.h.

Does nothing where it was done. Ends with an error when the source is not what it expects.
"""
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = {
    "ops.cpp": ["hone-attention.h", "hone-view.h"],
    "llamafile/sgemm.cpp": ["hone-product.h"],
    "repack.cpp": ["hone-integers.h"],
}

CHUNK = "ggml_compute_forward_flash_attn_ext_f16_one_chunk("
ATTENTION = "static void ggml_compute_forward_flash_attn_ext_f16("
CLASS = "template <int KN, typename D, typename V, typename TA, typename TB, typename TC>\nclass tinyBLAS {"
SUMS = "        for (int64_t j = 0; j < RN; ++j)\n            for (int64_t i = 0; i < RM; ++i)\n"
CHOICE = "static const ggml::cpu::tensor_traits * ggml_repack_get_optimal_repack_type(const struct ggml_tensor * cur) {"
SUM = "C[ldc * (jj + j) + (ii + i)] = hsum(Cv[j][i]);"

# File, where to look from, the text that stands there next, what takes its place.
EDITS = [
    ("ggml-cpu.c", "void ggml_barrier(", "// wait for other threads", "int spins = 0;"),
    ("ggml-cpu.c", "int spins = 0;", "ggml_thread_cpu_relax();",
     "if (++spins > 4096) { sched_yield(); } else { ggml_thread_cpu_relax(); }"),
    ("ops.cpp", "", "static void " + CHUNK, '#include "hone-attention.h"\n\nstatic void ' + CHUNK),
    ("ops.cpp", "hone-attention.h", "continue;",
     "ic += hone_unseen(mp + ic + 1, ic_end - ic - 1);\n                continue;"),
    ("ops.cpp", ATTENTION, "nek1 >= 512;", "nek1 >= 512 && !hone_covers(dst);"),
    ("ops.cpp", ATTENTION, "neq1 >= Q_TILE_SZ);",
     "neq1 >= Q_TILE_SZ && !hone_covers(dst) && hone_sees_most(dst->src[3], neq1, nek1));"),
    ("ops.cpp", ATTENTION, "} else {\n                " + CHUNK,
     "} else if (use_ref || !hone_attend(dst, ir0, ir1)) {\n                " + CHUNK),
    ("llamafile/sgemm.cpp", "", CLASS, '#include "hone-product.h"\n\n' + CLASS),
    ("llamafile/sgemm.cpp", "hone-product.h", "D Cv[RN][RM] = {};", "D Cv[RN][RM]; hone_clear(Cv);"),
    ("llamafile/sgemm.cpp", "hone_clear(Cv);", SUMS, "#pragma GCC unroll 8\n" + SUMS),
    ("llamafile/sgemm.cpp", "hone-product.h", SUM,
     "{ if (hone_store(C + ldc * (jj + j) + ii, Cv[j])) { break; } " + SUM + " }"),
    ("llamafile/sgemm.cpp", "hone-product.h", "int64_t jj = jj0;",
     "hone_fetch((const char *) (A + lda * (ii + bi + RM * BM * params->nth)), lda * sizeof(TA),"
     " k * sizeof(TA), RM); int64_t jj = jj0;"),
    ("repack.cpp", "", CHOICE, '#include "hone-integers.h"\n\n' + CHOICE
     + "\n    if (const auto * traits = ggml::cpu::repack::hone_traits(cur)) { return traits; }"),
    ("repack.cpp", "ggml_backend_cpu_buffer_type_repack = {", "/* .get_alloc_size   = */ nullptr,",
     "/* .get_alloc_size   = */ ggml::cpu::repack::hone_size,"),
]


def main():
    folder = pathlib.Path(sys.argv[1]) / "ggml" / "src" / "ggml-cpu"
    for name in sorted({edit[0] for edit in EDITS}):
        path = folder / name
        for header in HEADERS.get(name, []):
            shutil.copy(HERE / header, path.parent)
        text = path.read_text(encoding="utf-8")
        for file, start, old, new in EDITS:
            if file != name or new in text:
                continue
            place = text.find(start)
            at = text.find(old, place) if place >= 0 else -1
            if at < 0:
                sys.exit(f"error: {old!r} was not found in {path};"
                         " Scripts/llama-patch/apply.py must follow the new source.")
            text = text[:at] + new + text[at + len(old):]
        path.write_text(text, encoding="utf-8")


main()
