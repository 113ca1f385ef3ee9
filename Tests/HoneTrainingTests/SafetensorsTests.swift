// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Models in folders of safetensors")
struct SafetensorsTests {
  /// The bytes of a file with a header and what follows it.
  static func file(_ header: String, _ bytes: [UInt8]) -> Data {
    var data = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(Data(header.utf8))
    data.append(contentsOf: bytes)
    return data
  }

  /// A file of tensors in 32 bits.
  static func file(_ tensors: [(name: String, shape: [Int], values: [Float])]) -> Data {
    var entries: [String] = []
    var bytes: [UInt8] = []
    for tensor in tensors {
      let start = bytes.count
      for value in tensor.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
      entries.append(
        #""\#(tensor.name)":{"dtype":"F32","shape":\#(tensor.shape),"data_offsets":[\#(start),\#(bytes.count)]}"#
      )
    }
    return file("{" + entries.joined(separator: ",") + "}", bytes)
  }

  @Test("Numbers of all three kinds are read, also those too small for a leading one")
  func numbers() throws {
    let header = """
      {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
       "b":{"dtype":"F16","shape":[2,2],"data_offsets":[8,16]},
       "c":{"dtype":"BF16","shape":[1],"data_offsets":[16,18]},
       "d":{"dtype":"I64","shape":[1],"data_offsets":[18,26]}}
      """
    let bytes: [UInt8] = [
      0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC1,  // 1, −10
      0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B,  // 1, −2, 2⁻²⁴, 65504
      0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0,
    ]
    let file = try SafetensorsFile(Self.file(header, bytes), name: "m")
    #expect(file.names == ["a", "b", "c", "d"])
    #expect(try file.floats(of: "a") == [1, -10])
    #expect(file.shape(of: "b") == [2, 2])
    #expect(try file.floats(of: "b") == [1, -2, 0x1p-24, 65504])
    #expect(try file.floats(of: "c") == [1])
    #expect(HalfPrecision.float(0xFC00) == -.infinity && HalfPrecision.float(0x7E00).isNaN)
    let wrong = #expect(throws: TrainingError.self) { try file.floats(of: "d") }
    #expect(wrong?.kind == .badModel)
    #expect(throws: TrainingError.self) { try file.floats(of: "e") }
  }

  @Test(
    "A file that is cut, overlaps, leaves holes or lies about shapes is refused",
    arguments: [
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "cut short"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8, "cut short or damaged"),
      (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "needs 12 bytes"),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
        6, "overlaps a"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[6,10]}}"#,
        10, "leaves a hole after a"
      ),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "without a “dtype”"),
      (#"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, "without a “dtype”"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "without a “dtype”"),
      (#"{"a":{"dtype":"Q9","shape":[1],"data_offsets":[0,4]}}"#, 4, "unknown type Q9"),
      (
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0,
        "too large"
      ),
      (#"{"a":3}"#, 0, "without a “dtype”"), ("[1]", 0, "no JSON object"),
      ("{", 0, "no JSON object"),
    ])
  func damaged(header: String, bytes: Int, words: String) throws {
    let data = Self.file(header, [UInt8](repeating: 0, count: bytes))
    let error = #expect(throws: TrainingError.self) { try SafetensorsFile(data, name: "m") }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test("A header longer than the file, and a file of a few bytes, are refused")
  func announcedTooLong() throws {
    var data = Data(repeating: 0xFF, count: 8)
    data.append(Data("{}".utf8))
    #expect(throws: TrainingError.self) { try SafetensorsFile(data, name: "m") }
    #expect(throws: TrainingError.self) { try SafetensorsFile(Data([1, 2]), name: "m") }
    #expect(try SafetensorsFile(Self.file("{}", []), name: "m").names.isEmpty)
  }

  @Test("Every beginning of a good file is refused or says no more than the whole")
  func everyCut() throws {
    let whole = Self.file([("a", [2, 2], [1, 2, 3, 4]), ("b", [1], [5])])
    for length in 0..<whole.count {
      #expect(throws: TrainingError.self) { try SafetensorsFile(whole.prefix(length), name: "m") }
    }
    #expect(try SafetensorsFile(whole, name: "m").floats(of: "b") == [5])
  }
}
