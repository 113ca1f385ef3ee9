// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the beginning of a safetensors file says of its tensors.
///
/// Eight bytes tell the length of a JSON object that names each tensor with its type, its shape and
/// the place of its bytes after the object. All of it is checked before anything is read by it.
struct SafetensorsHeader: Sendable {
  /// How numbers are kept.
  enum Element: String, Sendable {
    case float32 = "F32"
    case float16 = "F16"
    case brain16 = "BF16"

    var bytes: Int { self == .float32 ? 4 : 2 }
  }

  /// One tensor.
  struct Entry: Sendable, Hashable {
    /// The type as the file names it.
    var type: String
    /// The slowest dimension first.
    var shape: [Int]
    /// Its bytes, counted from the end of the header.
    var range: Range<Int>
  }

  private static let mostBytes = 100 << 20
  private static let widths = [
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8,
    "U32": 4, "U16": 2, "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
  ]

  /// The tensors by name.
  let entries: [String: Entry]
  /// Where their bytes begin in the file.
  let start: Int

  /// Reads a header.
  /// - Throws: ``TrainingError`` of kind `badModel` or `wrongShape`.
  init(_ data: Data, name: String) throws(TrainingError) {
    func bad(_ words: String) -> TrainingError { TrainingError(.badModel, "\(name) \(words)") }
    guard data.count >= 8 else {
      throw bad("has \(data.count) bytes; a safetensors file has at least 8.")
    }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(Self.mostBytes, data.count - 8)) else {
      throw bad(
        "announces a header of \(length) bytes, and \(data.count - 8) bytes follow; it is cut short or"
          + " no safetensors file. Fetch it again.")
    }
    start = 8 + Int(length)
    let text = data.dropFirst(8).prefix(Int(length))
    guard let object = try? JSONSerialization.jsonObject(with: Data(text)),
      let members = object as? [String: Any]
    else { throw bad("has a header that is no JSON object.") }
    var entries: [String: Entry] = [:]
    for (tensor, value) in members where tensor != "__metadata__" {
      entries[tensor] = try Self.entry(tensor, value, in: name)
    }
    try Self.check(entries, length: data.count - start, in: name)
    self.entries = entries
  }

  private static func entry(
    _ tensor: String, _ value: Any, in name: String
  ) throws(TrainingError) -> Entry {
    guard let members = value as? [String: Any], let type = members["dtype"] as? String,
      let shape = members["shape"] as? [Int], let offsets = members["data_offsets"] as? [Int],
      offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1],
      shape.allSatisfy({ $0 >= 0 })
    else {
      throw TrainingError(
        .badModel,
        "\(name) describes the tensor \(tensor.prefix(120)) without a “dtype”, a “shape” of whole"
          + " numbers or two rising “data_offsets”.")
    }
    guard let width = widths[type] else {
      throw TrainingError(
        .badModel, "\(name) has the tensor \(tensor.prefix(120)) of the unknown type \(type).")
    }
    var count = 1
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard !overflows, product < 1 << 48 else {
        throw TrainingError(.wrongShape, "\(name): the tensor \(tensor) is too large: \(shape).")
      }
      count = product
    }
    guard count * width == offsets[1] - offsets[0] else {
      throw TrainingError(
        .wrongShape,
        "\(name): the tensor \(tensor) of \(shape) in \(type) needs \(count * width) bytes, its place"
          + " has \(offsets[1] - offsets[0]).")
    }
    return Entry(type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  /// Checks that tensors lie one after the other, and that all their bytes are there.
  private static func check(
    _ entries: [String: Entry], length: Int, in name: String
  ) throws(TrainingError) {
    let sorted = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }
    var end = 0
    var last = "the header"
    for (tensor, entry) in sorted {
      guard entry.range.lowerBound == end else {
        let words = entry.range.lowerBound < end ? "overlaps" : "leaves a hole after"
        throw TrainingError(.badModel, "\(name): the tensor \(tensor) \(words) \(last).")
      }
      end = entry.range.upperBound
      last = tensor
    }
    guard end == length else {
      throw TrainingError(
        .badModel,
        "\(name) holds \(length) bytes of tensors where its header announces \(end); it is cut short"
          + " or damaged. Fetch it again.")
    }
  }
}
