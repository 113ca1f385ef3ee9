// SPDX-License-Identifier: Apache-2.0

import CLlama
import Dispatch
import Foundation
import HoneCore

/// Writes a model's weights in another format.
public enum WeightConversion {
  /// A format weights can be written in.
  public enum Format: Sendable, Hashable {
    /// Half precision: each shipped weight, rounded to 16 bits.
    case f16
    /// Four bits a weight in blocks of 32.
    case q4_0

    var fileType: llama_ftype {
      switch self {
      case .f16: LLAMA_FTYPE_MOSTLY_F16
      case .q4_0: LLAMA_FTYPE_MOSTLY_Q4_0
      }
    }

    var tensorType: ggml_type {
      switch self {
      case .f16: GGML_TYPE_F16
      case .q4_0: GGML_TYPE_Q4_0
      }
    }
  }

  /// Converts a GGUF file; takes a few seconds for 100 million weights, on all cores.
  ///
  /// The work cannot be cancelled once it has begun. The destination is complete when this
  /// returns; after an error it may hold a part, which the caller deletes.
  /// - Throws: `ModelError` of kind `unusableModel` when the file cannot be read or converted.
  public static func convert(
    _ source: URL, to destination: URL, format: Format
  ) async throws(ModelError) {
    // llama.cpp ends the process on some damaged files.
    _ = try GGUFHeader(file: source)
    let status = await withCheckedContinuation { continuation in
      // Off the pool of Swift's tasks, which must not be blocked for seconds.
      DispatchQueue.global().async {
        continuation.resume(returning: quantize(source.path, destination.path, format.fileType))
      }
    }
    guard status == 0 else {
      throw ModelError(
        .unusableModel,
        "The weights of \(source.path) cannot be written in another format (code \(status))."
          + LlamaLibrary.takeLog()
          + " Use them as they are (--weights shipped), or see that the disk has room.")
    }
  }

  private static func quantize(
    _ source: String, _ destination: String, _ type: llama_ftype
  ) -> UInt32 {
    LlamaLibrary.start()
    _ = LlamaLibrary.takeLog()
    var parameters = llama_model_quantize_default_params()
    parameters.ftype = type
    // Shipped files are quantised already as a rule.
    parameters.allow_requantize = true
    parameters.nthread = Int32(clamping: AvailableCores.count)
    return llama_model_quantize(source, destination, &parameters)
  }
}
