// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// The vectors of texts on disk, each known by the SHA-256 of its text.
///
/// After eight bytes that name the form come the length and the digest of the model, the dimensions and
/// the number of entries, then for each entry the 32 bytes of the text's hash and the vector as 32-bit
/// floats, and at the end the SHA-256 of all that. Numbers are little-endian.
struct VectorFile: Sendable, Hashable {
  /// The digest of the model that made the vectors.
  var model: String
  /// The vectors by the hash of the text.
  var vectors: [Data: [Float]]

  private static let form = Data("HONEVEC1".utf8)

  /// The hash a text is known by.
  static func key(of text: String) -> Data { Data(SHA256.hash(data: Data(text.utf8))) }

  /// Reads a file; nil when there is none.
  /// - Throws: ``PassageIndexProblem/damaged(file:reason:)``.
  static func load(_ url: URL) throws(PassageIndexProblem) -> VectorFile? {
    guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
      return nil
    }
    guard let data = try? Data(contentsOf: url) else {
      throw .damaged(file: url.relativePath, reason: "it cannot be read")
    }
    do throws(Damage) {
      return try VectorFile(data)
    } catch {
      throw .damaged(file: url.relativePath, reason: error.reason)
    }
  }

  /// Writes the file in place of an earlier one.
  /// - Throws: ``PassageIndexProblem/notWritten(file:reason:)``.
  func write(to url: URL) throws(PassageIndexProblem) {
    do {
      try data.write(to: url, options: .atomic)
    } catch {
      throw .notWritten(file: url.relativePath, reason: error.localizedDescription)
    }
  }

  init(model: String, vectors: [Data: [Float]]) {
    self.model = model
    self.vectors = vectors
  }

  private struct Damage: Error {
    var reason: String
  }

  /// The bytes of the file.
  var data: Data {
    var data = Self.form
    func append(_ number: Int) {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) {
        data.append(contentsOf: $0)
      }
    }
    append(model.utf8.count)
    data.append(Data(model.utf8))
    let dimensions = vectors.values.first?.count ?? 0
    append(dimensions)
    // In the order of keys, so that equal contents are equal files.
    let entries = vectors.filter { $0.value.count == dimensions }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    append(entries.count)
    for (key, vector) in entries {
      data.append(key)
      for value in vector {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
    }
    data.append(Data(SHA256.hash(data: data)))
    return data
  }

  private init(_ data: Data) throws(Damage) {
    let bytes = [UInt8](data)
    guard bytes.count >= Self.form.count + 12 + 32, bytes.starts(with: Self.form) else {
      throw Damage(reason: "it does not begin as an index does")
    }
    let end = bytes.count - 32
    guard Array(SHA256.hash(data: data.prefix(end))) == Array(bytes[end...]) else {
      throw Damage(reason: "its checksum does not fit its content")
    }
    var place = Self.form.count
    func number() -> Int {
      defer { place += 4 }
      guard place + 4 <= end else { return -1 }
      return bytes[place..<(place + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let length = number()
    guard length >= 0, place + length <= end else { throw Damage(reason: "it ends too early") }
    model = String(decoding: bytes[place..<(place + length)], as: UTF8.self)
    place += length
    let (dimensions, count) = (number(), number())
    let size = 32 + 4 * dimensions
    guard dimensions >= 0, count >= 0, place + count * size == end else {
      throw Damage(reason: "it has not as many vectors as it says")
    }
    var vectors: [Data: [Float]] = [:]
    for entry in 0..<count {
      let start = place + entry * size
      let key = Data(bytes[start..<(start + 32)])
      vectors[key] = (0..<dimensions).map { column in
        let first = start + 32 + 4 * column
        let bits = bytes[first..<(first + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Float(bitPattern: bits)
      }
    }
    self.vectors = vectors
  }
}

/// An index of vectors on disk that cannot be used or kept.
public enum PassageIndexProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is no whole index.
  case damaged(file: String, reason: String)
  /// The file could not be written.
  case notWritten(file: String, reason: String)
  /// The embedder gave no vector for a passage.
  case notEmbedded(passage: String, reason: String)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .damaged(let file, let reason):
      "the index \(file) is damaged: \(reason); it is made anew"
    case .notWritten(let file, let reason):
      "the index \(file) cannot be written: \(reason); check the folder's rights"
    case .notEmbedded(let passage, let reason):
      "the passage \(passage) has no vector: \(reason)"
    }
  }
}
