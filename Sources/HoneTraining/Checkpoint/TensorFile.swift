// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneMLX

/// Named tensors and a few statements in one GGUF file, written whole or not at all.
struct TensorFile {
  var kind: String
  var statements: [String: String]
  var tensors: ParameterTree

  /// Writes the file; the one that was there stays until the new one is whole.
  /// - Throws: ``TrainingError`` of kind `disk`.
  func write(to file: URL) throws {
    var writer = GGUFWriter()
    writer.state("general.architecture", .text(kind))
    for (key, value) in statements.sorted(by: { $0.key < $1.key }) {
      writer.state(key, .text(value))
    }
    for name in tensors.names {
      guard let tensor = tensors[name] else { continue }
      // A file's tensor has at least one dimension.
      writer.add(
        name, shape: tensor.shape.isEmpty ? [1] : tensor.shape, values: try tensor.floats())
    }
    do {
      try writer.write(to: file)
    } catch {
      throw TrainingError(
        .disk,
        "\(file.path) could not be written (\(error.localizedDescription)); what was there"
          + " before is still there. See that the disk has room and go on.")
    }
  }

  /// Reads a file of a kind.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint`.
  init(reading file: URL, kind: String) throws {
    let source: WeightFile
    do {
      source = try WeightFile(file: file)
    } catch {
      throw TrainingError(
        .badCheckpoint,
        "\(file.path) is damaged or no file of tensors. Make it again; a training begins again with"
          + " --force.")
    }
    guard source.architecture == kind else {
      throw TrainingError(
        .badCheckpoint, "\(file.path) is a file of “\(source.architecture)”, required is “\(kind)”."
      )
    }
    var tensors: [String: Tensor] = [:]
    for name in source.names {
      guard let shape = source.shape(of: name) else { continue }
      tensors[name] = try Tensor(try source.weights(of: name), shape: shape)
    }
    self.kind = kind
    statements = source.texts
    self.tensors = ParameterTree(tensors)
  }

  init(kind: String, statements: [String: String], tensors: ParameterTree) {
    self.kind = kind
    self.statements = statements
    self.tensors = tensors
  }

  /// The tensors whose names begin with a prefix, under the rest of their names.
  func part(_ prefix: String) -> ParameterTree {
    var part: [String: Tensor] = [:]
    for name in tensors.names where name.hasPrefix(prefix) {
      part[String(name.dropFirst(prefix.count))] = tensors[name]
    }
    return ParameterTree(part)
  }
}
