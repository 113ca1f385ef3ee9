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
    case truth(Bool)
    case texts([String])
    case numbers([Int32])
    case decimals([Float])
  }

  /// Weights that are fetched when their turn to be written has come.
  public struct Source: Sendable {
    /// The name.
    public var name: String
    /// The slowest dimension first.
    public var shape: [Int]
    /// Whether they are kept in 16 bits.
    public var isHalf: Bool
    /// Fetches them, row by row.
    public var values: @Sendable () throws -> [Float]

    /// Creates a source of weights.
    public init(
      name: String, shape: [Int], isHalf: Bool, values: @escaping @Sendable () throws -> [Float]
    ) {
      self.name = name
      self.shape = shape
      self.isHalf = isHalf
      self.values = values
    }
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

  /// Writes the statements and the weights of sources, one after the other, so that only one tensor is
  /// held at a time; weights that were added are left out.
  ///
  /// The file is there whole, or not at all.
  /// - Throws: `CocoaError` when the disk is full or the place cannot be written, or what a source
  ///   throws.
  public func write(to file: URL, sources: [Source]) throws {
    let part = file.appendingPathExtension("part")
    try header(of: sources.map { ($0.name, $0.shape, $0.isHalf) }).write(to: part)
    do {
      let handle = try FileHandle(forWritingTo: part)
      defer { try? handle.close() }
      try handle.seekToEnd()
      for source in sources {
        let values = try source.values()
        guard values.count == source.shape.reduce(1, *) else {
          throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: source.name])
        }
        try handle.write(contentsOf: Self.bytes(of: values, isHalf: source.isHalf))
      }
      try handle.close()
      try? FileManager.default.removeItem(at: file)
      try FileManager.default.moveItem(at: part, to: file)
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
  }

  /// The file's bytes.
  var data: Data {
    var data = header(of: tensors.map { ($0.name, $0.shape, $0.isHalf) })
    for tensor in tensors { data.append(Self.bytes(of: tensor.values, isHalf: tensor.isHalf)) }
    return data
  }

  /// A tensor's bytes, filled up to the next one's place.
  private static func bytes(of values: [Float], isHalf: Bool) -> Data {
    var data = isHalf ? halves(of: values) : values.withUnsafeBytes { Data($0) }
    data.append(Data(count: padded(data.count) - data.count))
    return data
  }

  /// What stands before the tensors' bytes.
  private func header(of tensors: [(name: String, shape: [Int], isHalf: Bool)]) -> Data {
    var data = Data("GGUF".utf8)
    append(UInt32(3), to: &data)
    append(UInt64(tensors.count), to: &data)
    append(UInt64(metadata.count), to: &data)
    for (key, value) in metadata {
      append(key, to: &data)
      append(value, to: &data)
    }
    var offset = 0
    for tensor in tensors {
      append(tensor.name, to: &data)
      append(UInt32(tensor.shape.count), to: &data)
      for extent in tensor.shape.reversed() { append(UInt64(extent), to: &data) }
      append(tensor.isHalf ? GGML_TYPE_F16.rawValue : GGML_TYPE_F32.rawValue, to: &data)
      append(UInt64(offset), to: &data)
      offset += Self.padded((tensor.isHalf ? 2 : 4) * tensor.shape.reduce(1, *))
    }
    data.append(Data(count: Self.padded(data.count) - data.count))
    return data
  }

  private func append(_ value: Value, to data: inout Data) {
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
    case .truth(let truth):
      append(UInt32(7), to: &data)
      append(UInt8(truth ? 1 : 0), to: &data)
    case .texts(let texts):
      append(UInt32(9), to: &data)
      append(UInt32(8), to: &data)
      append(UInt64(texts.count), to: &data)
      for text in texts { append(text, to: &data) }
    case .numbers(let numbers):
      append(UInt32(9), to: &data)
      append(UInt32(5), to: &data)
      append(UInt64(numbers.count), to: &data)
      for number in numbers { append(number, to: &data) }
    case .decimals(let numbers):
      append(UInt32(9), to: &data)
      append(UInt32(6), to: &data)
      append(UInt64(numbers.count), to: &data)
      for number in numbers { append(number.bitPattern, to: &data) }
    }
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
