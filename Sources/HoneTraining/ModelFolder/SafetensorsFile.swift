// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A safetensors file, its numbers read when they are asked for.
public struct SafetensorsFile: Sendable {
  private let header: SafetensorsHeader
  private let data: Data
  private let name: String

  /// Opens a file; its bytes are mapped, not read.
  /// - Throws: ``TrainingError`` of kind `disk`, `badModel` or `wrongShape`.
  public init(_ file: URL) throws(TrainingError) {
    let data: Data
    do {
      data = try Data(contentsOf: file, options: .alwaysMapped)
    } catch {
      throw TrainingError(.disk, "\(file.path) cannot be read.")
    }
    try self.init(data, name: file.lastPathComponent)
  }

  /// Opens a file at hand.
  init(_ data: Data, name: String) throws(TrainingError) {
    header = try SafetensorsHeader(data, name: name)
    self.data = data
    self.name = name
  }

  /// The names of its tensors, sorted.
  public var names: [String] { header.entries.keys.sorted() }

  /// The shape of a tensor, or nil when there is none of that name.
  public func shape(of tensor: String) -> [Int]? { header.entries[tensor]?.shape }

  /// A tensor's numbers in 32 bits, row by row.
  /// - Throws: ``TrainingError`` of kind `missingTensor`, or `badModel` for a type that holds no
  ///   numbers of a model.
  public func floats(of tensor: String) throws(TrainingError) -> [Float] {
    guard let entry = header.entries[tensor] else {
      throw TrainingError(.missingTensor, "\(name) has no tensor named \(tensor).")
    }
    guard let element = SafetensorsHeader.Element(rawValue: entry.type) else {
      throw TrainingError(
        .badModel,
        "\(name): the tensor \(tensor) is kept as \(entry.type); F32, F16 and BF16 can be read.")
    }
    let place = header.start + data.startIndex
    let bytes = data[(place + entry.range.lowerBound)..<(place + entry.range.upperBound)]
    return bytes.withUnsafeBytes { raw in
      let count = raw.count / element.bytes
      return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        for index in 0..<count {
          buffer.initializeElement(at: index, to: Self.number(raw, index, element))
        }
        filled = count
      }
    }
  }

  private static func number(
    _ raw: UnsafeRawBufferPointer, _ index: Int, _ element: SafetensorsHeader.Element
  ) -> Float {
    switch element {
    case .float32:
      let bits = raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
      return Float(bitPattern: UInt32(littleEndian: bits))
    case .float16:
      let bits = raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
      return HalfPrecision.float(UInt16(littleEndian: bits))
    case .brain16:
      let bits = raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
      return Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16)
    }
  }
}

/// Numbers of 16 bits after IEEE 754, without the type that some processors lack.
enum HalfPrecision {
  /// The number that 16 bits stand for.
  static func float(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      // Too small for a leading one: fraction · 2⁻²⁴.
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
