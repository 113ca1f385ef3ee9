// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// The weights of a GGUF file as numbers, whatever format they are stored in.
///
/// The file is mapped, not read, until weights are asked for.
public struct WeightFile: Sendable {
  /// The model family, such as `llama`.
  public let architecture: String
  /// The names of all weights, in the order of the file.
  public let names: [String]
  let header: GGUFHeader
  private let tensors: [String: GGUFTensor]
  let data: Data
  private let fileName: String

  /// Opens a file and checks its header.
  /// - Throws: `ModelError` of kind `unusableModel`.
  public init(file: URL) throws(ModelError) {
    header = try GGUFHeader(file: file)
    do {
      data = try Data(contentsOf: file, options: .alwaysMapped)
    } catch {
      throw ModelError(
        .unusableModel, "The model file \(file.path) cannot be read: \(error.localizedDescription)")
    }
    architecture = header.architecture
    names = header.tensors.map(\.name)
    // Names were checked to be different.
    tensors = Dictionary(header.tensors.map { ($0.name, $0) }) { first, _ in first }
    fileName = file.lastPathComponent
  }

  /// A whole number that the file states about the model, such as `llama.block_count`.
  public func number(_ key: String) -> Int? {
    header.metadata.numbers[key].flatMap(Int.init(exactly:))
  }

  /// A decimal number that the file states about the model.
  public func decimal(_ key: String) -> Double? { header.metadata.decimals[key] }

  /// A text that the file states about the model.
  public func text(_ key: String) -> String? { header.metadata.texts[key] }

  /// A list of texts that the file states about the model, such as its tokens; empty without one.
  public func textList(_ key: String) -> [String] {
    guard let start = header.metadata.textLists[key],
      let count = header.metadata.arrayCounts[key]
    else { return [] }
    var reader = GGUFReader(data: data)
    reader.position = start
    // The header was read to its end, so every one of them is there.
    return (0..<count).compactMap { _ in try? reader.text() }
  }

  /// All texts that the file states about the model.
  public var texts: [String: String] { header.metadata.texts }

  /// The number of entries of a list that the file states about the model.
  public func entryCount(_ key: String) -> Int? { header.metadata.arrayCounts[key] }

  /// The shape of weights, the slowest dimension first; nil when there are none of the name.
  public func shape(of name: String) -> [Int]? {
    tensors[name].map { $0.shape.reversed() }
  }

  /// The weights of a name in 32 bits each, row by row.
  /// - Throws: `ModelError` of kind `unusableModel` when there are none of the name, or in a format
  ///   that llama.cpp does not expand.
  public func weights(of name: String) throws(ModelError) -> [Float] {
    guard let tensor = tensors[name] else {
      throw ModelError(.unusableModel, "\(fileName) holds no weights named \(name).")
    }
    let count = tensor.shape.reduce(1, *)
    let start = header.dataStart + tensor.offset
    if tensor.type == GGML_TYPE_F32.rawValue {
      return data.withUnsafeBytes { bytes in
        [Float](unsafeUninitializedCapacity: count) { buffer, filled in
          UnsafeMutableRawBufferPointer(buffer).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 4 * count)]))
          filled = count
        }
      }
    }
    guard let traits = ggml_get_type_traits(ggml_type(rawValue: tensor.type)),
      let expand = traits.pointee.to_float
    else {
      throw ModelError(
        .unusableModel,
        "The weights \(name) of \(fileName) are in format \(tensor.type), which cannot be expanded."
          + " Take a file with weights in F32, F16, BF16 or a Q format.")
    }
    return data.withUnsafeBytes { bytes in
      [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        if let base = bytes.baseAddress, let target = buffer.baseAddress {
          expand(base + start, target, Int64(count))
          filled = count
        }
      }
    }
  }
}
