// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// What a GGUF file states about its weights, read and checked without loading them.
public struct ModelFileSummary: Sendable, Hashable {
  /// The model family, such as `llama` or `bert`.
  public let architecture: String
  /// The number of weights stored in each of ggml's types.
  private let weightsByType: [UInt32: Int]

  /// Reads a file's header and checks that the file holds all that the header announces.
  /// - Throws: `ModelError` of kind `unusableModel` for a file that is damaged, cut short or of
  ///   another format.
  public init(file: URL) throws(ModelError) {
    let header = try GGUFHeader(file: file)
    architecture = header.architecture
    weightsByType = header.weightsByType
  }

  /// Whether the file is an encoder of the BERT family, which embeds and does not write.
  public var isEncoder: Bool { architecture.contains("bert") }

  /// Whether some weights are stored in blocks of less than 16 bits a weight.
  public var isQuantised: Bool {
    weightsByType.keys.contains { ggml_is_quantized(ggml_type(rawValue: $0)) }
  }

  /// Whether most weights are stored in a format already.
  public func isMostly(_ format: WeightConversion.Format) -> Bool {
    weightsByType.max { $0.value < $1.value }?.key == format.tensorType.rawValue
  }

  /// Whether most weights are of types that are multiplied in whole numbers.
  public func suits(_ products: WholeNumberProducts) -> Bool {
    let covered = weightsByType.filter { products.types.contains($0.key) }.values.reduce(0, +)
    return 2 * covered > weightsByType.values.reduce(0, +)
  }

  /// The bytes that all weights take at 16 bits each.
  public var halfPrecisionBytes: Int64 {
    weightsByType.values.reduce(0) { $0 + 2 * Int64($1) }
  }
}
