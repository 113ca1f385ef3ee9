// SPDX-License-Identifier: Apache-2.0

/// The metadata of a GGUF file, as far as they have to be right for the library to survive.
struct GGUFMetadata: Sendable {
  private(set) var numbers: [String: UInt64] = [:]
  private(set) var decimals: [String: Double] = [:]
  private(set) var texts: [String: String] = [:]
  private(set) var arrayCounts: [String: Int] = [:]
  /// Where the texts of a list of texts begin, in bytes.
  private(set) var textLists: [String: Int] = [:]

  /// Reads so many entries.
  init(reader: inout GGUFReader, count: Int) throws(GGUFProblem) {
    var keys: Set<String> = []
    for _ in 0..<count {
      let key = try reader.text()
      guard !key.isEmpty, keys.insert(key).inserted else {
        throw GGUFProblem("metadata \(key.isEmpty ? "without a name" : "\(key) are there twice").")
      }
      let type = try reader.number(UInt32.self)
      try readValue(key: key, type: type, reader: &reader)
    }
  }

  /// The model's architecture.
  var architecture: String { texts["general.architecture"] ?? "" }

  /// What tensor data are aligned to, in bytes.
  var alignment: Int { numbers["general.alignment"].flatMap(Int.init(exactly:)) ?? 32 }

  /// Refuses values that the library does not check itself.
  func check() throws(GGUFProblem) {
    guard !architecture.isEmpty else { throw GGUFProblem("it names no architecture.") }
    guard alignment > 0, alignment <= 1 << 20, alignment & (alignment - 1) == 0 else {
      throw GGUFProblem("its alignment is \(alignment), required is a power of two.")
    }
    for key in ["block_count", "embedding_length", "context_length", "attention.head_count"] {
      guard let value = numbers["\(architecture).\(key)"] else { continue }
      guard value > 0, value < 1 << 31 else {
        throw GGUFProblem("its \(architecture).\(key) is \(value).")
      }
    }
  }

  private mutating func readValue(
    key: String, type: UInt32, reader: inout GGUFReader
  ) throws(GGUFProblem) {
    switch type {
    case 8: texts[key] = try reader.text()
    case 9: try readArray(key: key, reader: &reader)
    case 0, 1, 7: numbers[key] = UInt64(try reader.number(UInt8.self))
    case 2, 3: numbers[key] = UInt64(try reader.number(UInt16.self))
    case 4, 5: numbers[key] = UInt64(try reader.number(UInt32.self))
    case 10, 11: numbers[key] = try reader.number(UInt64.self)
    case 6: decimals[key] = Double(Float(bitPattern: try reader.number(UInt32.self)))
    case 12: decimals[key] = Double(bitPattern: try reader.number(UInt64.self))
    default: throw GGUFProblem("metadata \(key) are of the unknown type \(type).")
    }
  }

  private mutating func readArray(key: String, reader: inout GGUFReader) throws(GGUFProblem) {
    let type = try reader.number(UInt32.self)
    let sizes: [UInt32: Int] = [
      0: 1, 1: 1, 7: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 10: 8, 11: 8, 12: 8,
    ]
    if type == 8 {
      let count = try reader.count(minimumSize: 8)
      textLists[key] = reader.position
      for _ in 0..<count { try reader.skip(try reader.count(minimumSize: 1)) }
      arrayCounts[key] = count
    } else if let size = sizes[type] {
      let count = try reader.count(minimumSize: size)
      try reader.skip(count * size)
      arrayCounts[key] = count
    } else {
      throw GGUFProblem("metadata \(key) are an array of the unknown type \(type).")
    }
  }
}
