// SPDX-License-Identifier: Apache-2.0

import CLlama

/// What a GGUF header says about a tensor.
struct GGUFTensor: Sendable {
  let name: String
  /// The extent in each dimension, the fastest first.
  let shape: [Int]
  let type: UInt32
  /// Where its data begin, counted from the beginning of all data.
  let offset: Int

  /// Reads an entry.
  init(reader: inout GGUFReader) throws(GGUFProblem) {
    name = try reader.text()
    let dimensions = try reader.number(UInt32.self)
    guard (1...4).contains(dimensions), !name.isEmpty, name.utf8.count < 64 else {
      throw GGUFProblem("tensor \(name) has \(dimensions) dimensions, required are 1 to 4.")
    }
    var shape: [Int] = []
    for _ in 0..<dimensions {
      let extent = try reader.number(UInt64.self)
      guard extent > 0, extent < 1 << 40 else {
        throw GGUFProblem("tensor \(name) has a dimension of \(extent).")
      }
      shape.append(Int(extent))
    }
    self.shape = shape
    type = try reader.number(UInt32.self)
    let offset = try reader.number(UInt64.self)
    guard let offset = Int(exactly: offset) else {
      throw GGUFProblem("tensor \(name) begins beyond the file.")
    }
    self.offset = offset
  }

  /// The size of its data in bytes.
  var size: Int {
    get throws(GGUFProblem) {
      let known = ggml_type(rawValue: type)
      guard type < GGML_TYPE_COUNT.rawValue, ggml_blck_size(known) > 0, ggml_type_size(known) > 0
      else { throw GGUFProblem("tensor \(name) is of the unknown type \(type).") }
      let block = Int(ggml_blck_size(known))
      guard shape[0] % block == 0 else {
        throw GGUFProblem("rows of tensor \(name) have \(shape[0]) values, not whole blocks.")
      }
      var blocks = shape[0] / block
      for extent in shape.dropFirst() {
        let (product, overflow) = blocks.multipliedReportingOverflow(by: extent)
        guard !overflow else { throw GGUFProblem("tensor \(name) is too large.") }
        blocks = product
      }
      let (size, overflow) = blocks.multipliedReportingOverflow(by: ggml_type_size(known))
      guard !overflow else { throw GGUFProblem("tensor \(name) is too large.") }
      return size
    }
  }
}
