// SPDX-License-Identifier: Apache-2.0
// Compiles, links and runs only against a llama.cpp that has what the embedded engine uses.
#include <llama.h>
#include <stdio.h>

int main(void) {
  struct llama_model_quantize_params conversion = llama_model_quantize_default_params();
  conversion.allow_requantize = true;
  struct llama_context_params context = llama_context_default_params();
  context.kv_unified = true;
  context.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_AUTO;
  // The functions that came last to the library, and those whose form has changed.
  const void * needed[] = {
    (const void *) llama_memory_seq_cp, (const void *) llama_memory_seq_rm,
    (const void *) llama_model_quantize, (const void *) llama_get_embeddings_seq,
    (const void *) llama_model_chat_template, (const void *) llama_vocab_get_add_eos,
    (const void *) llama_model_n_embd_out, (const void *) llama_model_is_hybrid,
    (const void *) llama_model_is_diffusion, (const void *) llama_version,
  };
  printf("%d\n", (int) (sizeof(needed) / sizeof(needed[0])) + (int) context.n_seq_max);
  return 0;
}
