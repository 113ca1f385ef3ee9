// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a GGUF file states about itself, read without loading the weights.
///
/// The format is described in the GGUF specification of the ggml project. Every length is checked
/// against the file's end, so a cut or hostile file gives an error and nothing worse.
struct GGUFFile: Sendable, Hashable {
  /// The model family, `general.architecture`.
  let architecture: String
  /// The number of weights of each stored type.
  let weightsByType: [UInt32: Int64]

  /// Reads a file's head: versions 2 and 3, little-endian.
  init(reading file: URL) throws(ModelFileError) {
    let data: Data
    do {
      data = try Data(contentsOf: file, options: .alwaysMapped)
    } catch {
      throw ModelFileError(.disk, "\(file.path) cannot be read: \(error.localizedDescription)")
    }
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(GGUFFault) in try Self(bytes) }
    }
    switch result {
    case .success(let head): self = head
    case .failure(let fault):
      throw ModelFileError(
        .badFile,
        "\(file.path) is not a GGUF file that can be used: \(fault.reason). Get the file again, or "
          + "convert the model with a current llama.cpp.")
    }
  }

  private init(_ bytes: UnsafeRawBufferPointer) throws(GGUFFault) {
    var reader = GGUFReader(bytes)
    let magic = try reader.bytes(4)
    guard magic.elementsEqual("GGUF".utf8) else {
      throw GGUFFault("it starts with \(Array(magic)), not with the letters GGUF")
    }
    let version = try reader.integer(UInt32.self)
    guard version == 2 || version == 3 else {
      throw GGUFFault("it has version \(version), required is 2 or 3")
    }
    let tensors = try reader.count()
    guard tensors > 0 else { throw GGUFFault("it holds no weights") }
    var architecture: String?
    var alignment: UInt64 = 32
    for _ in 0..<(try reader.count()) {
      let key = try reader.text()
      let type = try reader.integer(UInt32.self)
      switch (key, type) {
      case ("general.architecture", GGUFReader.textType): architecture = try reader.text()
      case ("general.alignment", 4): alignment = UInt64(try reader.integer(UInt32.self))
      default: try reader.skipValue(type)
      }
    }
    guard let architecture else { throw GGUFFault("it does not name its architecture") }
    self.architecture = architecture
    weightsByType = try reader.tensors(tensors, alignment: max(1, alignment))
  }

  /// Whether the file is an encoder of the BERT family, which embeds and does not write.
  var isEncoder: Bool { architecture.contains("bert") }

  /// Whether some weights are stored in less than 16 bits.
  var isQuantised: Bool { weightsByType.keys.contains { !GGUFReader.plainTypes.contains($0) } }

  /// Whether most weights are stored as `q4_0`.
  var isMostlyQ4_0: Bool { weightsByType.max { $0.value < $1.value }?.key == 2 }

  /// The bytes all weights take at 16 bits each.
  var halfPrecisionBytes: Int64 {
    weightsByType.values.reduce(0) { sum, count in
      sum.addingReportingOverflow(count.multipliedReportingOverflow(by: 2).partialValue)
        .partialValue
    }
  }
}

/// Why a file's bytes are not a usable GGUF file.
struct GGUFFault: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}
