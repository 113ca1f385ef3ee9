// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

extension WeightFile {
  /// The bytes of a file with one tensor more, or one put in place of that of the same name.
  ///
  /// Everything else, metadata and weights, stays byte for byte. The tensor is written in 16 bits.
  /// - Parameters:
  ///   - name: The tensor's name.
  ///   - shape: Its shape, the slowest dimension first.
  ///   - values: Its values, row by row.
  /// - Returns: The file.
  /// - Throws: `ModelError` of kind `unusableModel` when the shape does not hold the values.
  public func replacing(
    _ name: String, shape: [Int], values: [Float]
  ) throws(ModelError) -> Data {
    guard shape.reduce(1, *) == values.count, !name.isEmpty, name.utf8.count < 64 else {
      throw ModelError(
        .unusableModel, "Tensor \(name) of shape \(shape) cannot hold \(values.count) values.")
    }
    let kept = header.tensors.filter { $0.name != name }
    let alignment = header.metadata.alignment
    func padded(_ size: Int) -> Int { (size + alignment - 1) / alignment * alignment }
    // Old data stay where they were, counted from the beginning of all data; the new ones follow.
    let offset = padded(data.count - header.dataStart)
    var result = data.prefix(8)
    func append(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.littleEndian) { result.append(contentsOf: $0) }
    }
    func describe(_ name: String, _ extents: [Int], _ type: UInt32, _ offset: Int) {
      append(UInt64(name.utf8.count))
      result.append(contentsOf: name.utf8)
      append(UInt32(extents.count))
      for extent in extents { append(UInt64(extent)) }
      append(type)
      append(UInt64(offset))
    }
    append(UInt64(kept.count + 1))
    result.append(data[16..<header.metadataEnd])
    for tensor in kept { describe(tensor.name, tensor.shape, tensor.type, tensor.offset) }
    describe(name, shape.reversed(), GGML_TYPE_F16.rawValue, offset)
    result.append(Data(count: padded(result.count) - result.count))
    let start = result.count
    result.append(data[header.dataStart...])
    result.append(Data(count: start + offset - result.count))
    result.append(GGUFWriter.halves(of: values))
    result.append(Data(count: padded(result.count) - result.count))
    return result
  }
}
