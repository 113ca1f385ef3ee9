// SPDX-License-Identifier: Apache-2.0

/// Reads the fields of a GGUF file one after another; never past its end.
struct GGUFReader {
  /// The type number of a text value.
  static let textType: UInt32 = 8
  private static let arrayType: UInt32 = 9
  /// Tensor types of 16 bits and more: F32, F16, integers and F64, BF16.
  static let plainTypes: Set<UInt32> = [0, 1, 24, 25, 26, 27, 28, 30]

  private let all: UnsafeRawBufferPointer
  private var position = 0

  init(_ all: UnsafeRawBufferPointer) {
    self.all = all
  }

  mutating func bytes(_ count: Int) throws(GGUFFault) -> Slice<UnsafeRawBufferPointer> {
    guard count >= 0, count <= all.count - position else {
      throw GGUFFault("it ends after \(all.count) bytes, in the middle of its head")
    }
    defer { position += count }
    return all[position..<position + count]
  }

  mutating func integer<T: FixedWidthInteger>(_: T.Type) throws(GGUFFault) -> T {
    var value: T = 0
    for (index, byte) in try bytes(MemoryLayout<T>.size).enumerated() {
      value |= T(truncatingIfNeeded: byte) << T(truncatingIfNeeded: 8 * index)
    }
    return value
  }

  /// A number of things of at least one byte each, so never more than the bytes left.
  mutating func count() throws(GGUFFault) -> Int {
    let count = try integer(UInt64.self)
    guard count <= UInt64(all.count - position) else {
      throw GGUFFault("it announces \(count) entries where \(all.count - position) bytes are left")
    }
    return Int(count)
  }

  mutating func text() throws(GGUFFault) -> String {
    let count = try count()
    return String(decoding: try bytes(count), as: UTF8.self)
  }

  /// Passes over a value of the given type.
  mutating func skipValue(_ type: UInt32) throws(GGUFFault) {
    switch type {
    case Self.textType:
      let count = try count()
      _ = try bytes(count)
    case Self.arrayType:
      let element = try integer(UInt32.self)
      let count = try count()
      if let size = Self.size(ofType: element) {
        let (total, overflow) = count.multipliedReportingOverflow(by: size)
        _ = try bytes(overflow ? Int.max : total)
      } else {
        // Arrays of arrays appear in no model; refusing them keeps the depth bounded.
        guard element == Self.textType else { throw GGUFFault("it holds a nested list") }
        for _ in 0..<count { try skipValue(element) }
      }
    default:
      guard let size = Self.size(ofType: type) else {
        throw GGUFFault("it holds a value of the unknown type \(type)")
      }
      _ = try bytes(size)
    }
  }

  /// Reads the table of tensors and checks that the file holds all of their data.
  /// - Returns: The number of weights of each type.
  mutating func tensors(_ count: Int, alignment: UInt64) throws(GGUFFault) -> [UInt32: Int64] {
    var weights: [UInt32: Int64] = [:]
    var end: UInt64 = 0
    for _ in 0..<count {
      let name = try text()
      var elements: UInt64 = 1
      let dimensions = try integer(UInt32.self)
      guard dimensions <= 4 else { throw GGUFFault("“\(name)” has \(dimensions) dimensions") }
      for _ in 0..<dimensions {
        let (product, overflow) = elements.multipliedReportingOverflow(
          by: try integer(UInt64.self))
        guard !overflow, product <= 1 << 48 else { throw GGUFFault("“\(name)” is too large") }
        elements = product
      }
      let type = try integer(UInt32.self)
      let offset = try integer(UInt64.self)
      let (last, overflow) = offset.addingReportingOverflow(Self.bytes(elements, ofType: type))
      guard !overflow else { throw GGUFFault("“\(name)” lies beyond any file's end") }
      end = max(end, last)
      weights[type, default: 0] += Int64(elements)
    }
    let (head, over) = UInt64(position).addingReportingOverflow(alignment - 1)
    let start = head / alignment * alignment
    guard !over, start.addingReportingOverflow(end).overflow == false else {
      throw GGUFFault("its alignment is \(alignment)")
    }
    guard start + end <= UInt64(all.count) else {
      throw GGUFFault("it has \(all.count) bytes, required are \(start + end): it was cut off")
    }
    return weights
  }

  /// The bytes of a value of a fixed size, or nil for texts, lists and unknown types.
  private static func size(ofType type: UInt32) -> Int? {
    switch type {
    case 0, 1, 7: 1
    case 2, 3: 2
    case 4, 5, 6: 4
    case 10, 11, 12: 8
    default: nil
    }
  }

  /// The bytes of a tensor's data; for types not in the table, at least one bit a weight.
  private static func bytes(_ elements: UInt64, ofType type: UInt32) -> UInt64 {
    let (block, size): (UInt64, UInt64) =
      switch type {
      case 0, 26: (1, 4)  // F32, I32
      case 1, 25, 30: (1, 2)  // F16, I16, BF16
      case 2: (32, 18)  // Q4_0
      case 3: (32, 20)  // Q4_1
      case 6: (32, 22)  // Q5_0
      case 7: (32, 24)  // Q5_1
      case 8: (32, 34)  // Q8_0
      case 10: (256, 84)  // Q2_K
      case 11: (256, 110)  // Q3_K
      case 12: (256, 144)  // Q4_K
      case 13: (256, 176)  // Q5_K
      case 14: (256, 210)  // Q6_K
      case 24: (1, 1)  // I8
      case 27, 28: (1, 8)  // I64, F64
      default: (8, 1)
      }
    return elements / block * size
  }
}
