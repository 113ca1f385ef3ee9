// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation

/// Writes a small GGUF file, such as an adapter: metadata, and weights in 32 or 16 bits.
public struct GGUFWriter: Sendable {
  /// What the file states.
  public enum Value: Sendable, Hashable {
    case text(String)
    case number(UInt32)
    case decimal(Float)
  }

  private static let alignment = 32
  private var metadata: [(String, Value)] = []
  private var tensors: [(name: String, shape: [Int], values: [Float], isHalf: Bool)] = []

  /// Creates an empty file.
  public init() {}

  /// Adds a statement.
  public mutating func state(_ key: String, _ value: Value) {
    metadata.append((key, value))
  }

  /// Adds weights, row by row, the slowest dimension first.
  public mutating func add(_ name: String, shape: [Int], values: [Float], isHalf: Bool = false) {
    tensors.append((name, shape, values, isHalf))
  }

  /// Writes the file in one go: it is there whole, or not at all.
  /// - Throws: `CocoaError` when the disk is full or the place cannot be written.
  public func write(to file: URL) throws {
    try data.write(to: file, options: .atomic)
  }

  /// The file's bytes.
  var data: Data {
    var data = Data("GGUF".utf8)
    append(UInt32(3), to: &data)
    append(UInt64(tensors.count), to: &data)
    append(UInt64(metadata.count), to: &data)
    for (key, value) in metadata {
      append(key, to: &data)
      switch value {
      case .text(let text):
        append(UInt32(8), to: &data)
        append(text, to: &data)
      case .number(let number):
        append(UInt32(4), to: &data)
        append(number, to: &data)
      case .decimal(let number):
        append(UInt32(6), to: &data)
        append(number.bitPattern, to: &data)
      }
    }
    var offset = 0
    for tensor in tensors {
      append(tensor.name, to: &data)
      append(UInt32(tensor.shape.count), to: &data)
      for extent in tensor.shape.reversed() { append(UInt64(extent), to: &data) }
      append(tensor.isHalf ? GGML_TYPE_F16.rawValue : GGML_TYPE_F32.rawValue, to: &data)
      append(UInt64(offset), to: &data)
      offset += Self.padded((tensor.isHalf ? 2 : 4) * tensor.values.count)
    }
    data.append(Data(count: Self.padded(data.count) - data.count))
    for tensor in tensors {
      if tensor.isHalf {
        data.append(Self.halves(of: tensor.values))
      } else {
        tensor.values.withUnsafeBytes { data.append(contentsOf: $0) }
      }
      data.append(Data(count: Self.padded(data.count) - data.count))
    }
    return data
  }

  /// Numbers in half precision, as bytes.
  static func halves(of values: [Float]) -> Data {
    let halves = [ggml_fp16_t](unsafeUninitializedCapacity: values.count) { buffer, filled in
      ggml_fp32_to_fp16_row(values, buffer.baseAddress, Int64(values.count))
      filled = values.count
    }
    return halves.withUnsafeBytes { Data($0) }
  }

  private static func padded(_ size: Int) -> Int {
    (size + alignment - 1) / alignment * alignment
  }

  private func append(_ number: some FixedWidthInteger, to data: inout Data) {
    withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
  }

  private func append(_ text: String, to data: inout Data) {
    append(UInt64(text.utf8.count), to: &data)
    data.append(contentsOf: text.utf8)
  }
}
