// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// The checked header of a GGUF file.
///
/// llama.cpp ends the process on some damaged files, so the header's structure and every tensor's
/// extent are checked before it sees the file. The format is that of GGUF versions 2 and 3.
struct GGUFHeader: Sendable {
  /// Where the tensors' data begin, in bytes.
  let dataStart: Int
  /// The size of the file in bytes.
  let fileSize: Int
  /// The model's architecture, such as `llama`.
  let architecture: String
  /// The number of weights stored in each of ggml's types.
  let weightsByType: [UInt32: Int]
  /// What the file says beside its tensors.
  let metadata: GGUFMetadata
  /// Where what is said beside the tensors ends, in bytes.
  let metadataEnd: Int
  /// The tensors in the order of the file.
  let tensors: [GGUFTensor]

  /// Reads and checks a file's header.
  init(file: URL) throws(ModelError) {
    let data: Data
    do {
      data = try Data(contentsOf: file, options: .alwaysMapped)
    } catch {
      throw ModelError(
        .unusableModel, "The model file \(file.path) cannot be read: \(error.localizedDescription)")
    }
    do throws(GGUFProblem) {
      try self.init(data: data)
    } catch {
      throw ModelError(
        .unusableModel,
        "\(file.lastPathComponent) is no GGUF file that can be used: \(error.reason)"
          + " Fetch or convert the model again.")
    }
  }

  /// Reads and checks the header at the beginning of a file's bytes.
  init(data: Data) throws(GGUFProblem) {
    var reader = GGUFReader(data: data)
    guard data.count >= 4, data.prefix(4).elementsEqual("GGUF".utf8) else {
      throw GGUFProblem("it does not begin with the letters GGUF.")
    }
    reader.position = 4
    let version = try reader.number(UInt32.self)
    guard version == 2 || version == 3 else {
      throw GGUFProblem("its format version is \(version), required is 2 or 3.")
    }
    let tensorCount = try reader.count(minimumSize: 24)
    let valueCount = try reader.count(minimumSize: 13)
    let metadata = try GGUFMetadata(reader: &reader, count: valueCount)
    try metadata.check()
    metadataEnd = reader.position
    guard tensorCount > 0 else { throw GGUFProblem("it holds no tensors.") }
    let tensors = try (0..<tensorCount).map { _ throws(GGUFProblem) in
      try GGUFTensor(reader: &reader)
    }
    let alignment = metadata.alignment
    dataStart = (reader.position + alignment - 1) / alignment * alignment
    fileSize = data.count
    architecture = metadata.architecture
    weightsByType = try Self.weights(in: tensors)
    self.metadata = metadata
    self.tensors = tensors
    try Self.check(tensors, room: fileSize - dataStart, alignment: alignment)
  }

  private static func weights(in tensors: [GGUFTensor]) throws(GGUFProblem) -> [UInt32: Int] {
    var weights: [UInt32: Int] = [:]
    for tensor in tensors {
      // Checks that the product of the extents, which is no more than this in bits, fits.
      guard try tensor.size < 1 << 56 else {
        throw GGUFProblem("tensor \(tensor.name) is too large.")
      }
      weights[tensor.type, default: 0] &+= tensor.shape.reduce(1, &*)
    }
    return weights
  }

  private static func check(
    _ tensors: [GGUFTensor], room: Int, alignment: Int
  ) throws(GGUFProblem) {
    var names: Set<String> = []
    for tensor in tensors {
      guard names.insert(tensor.name).inserted else {
        throw GGUFProblem("tensor \(tensor.name) is there twice.")
      }
      let size = try tensor.size
      guard tensor.offset % alignment == 0, tensor.offset <= room, size <= room - tensor.offset
      else {
        throw GGUFProblem(
          "tensor \(tensor.name) needs \(size) bytes at \(tensor.offset), but the file holds"
            + " \(max(0, room)) bytes of data; it may be cut short.")
      }
    }
  }
}

/// What is wrong with a GGUF file.
struct GGUFProblem: Error {
  /// A sentence without its subject.
  var reason: String

  /// Creates a problem.
  init(_ reason: String) {
    self.reason = reason
  }
}
