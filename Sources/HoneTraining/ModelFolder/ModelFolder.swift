// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX

/// A model as Hugging Face keeps it: `config.json`, safetensors files, `tokenizer.json`.
public struct ModelFolder: Sendable {
  /// The folder.
  public let url: URL
  /// What distinguishes the model.
  public let configuration: DecoderConfiguration
  /// What `config.json` states.
  let statements: ConfigurationFile
  private let files: [SafetensorsFile]
  /// The file and the name of each tensor, by its name in the folder.
  private let places: [String: Int]

  /// Opens a folder; weights are read when they are asked for.
  /// - Throws: ``TrainingError`` of kind `disk`, `badModel`, `unknownArchitecture` or `wrongShape`.
  public init(_ url: URL) throws(TrainingError) {
    self.url = url
    statements = try ConfigurationFile(url.appending(path: "config.json"))
    configuration = try DecoderConfiguration(statements)
    var files: [SafetensorsFile] = []
    var places: [String: Int] = [:]
    for name in try Self.weightFiles(in: url) {
      let file = try SafetensorsFile(url.appending(path: name))
      for tensor in file.names {
        guard places[tensor] == nil else {
          throw TrainingError(.badModel, "\(url.path): the tensor \(tensor) is in two files.")
        }
        places[tensor] = files.count
      }
      files.append(file)
    }
    self.files = files
    self.places = places
  }

  /// Whether a place is such a folder.
  public static func isModelFolder(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: "config.json").path)
  }

  /// The files of weights: one, or those that an index names.
  static func weightFiles(in url: URL) throws(TrainingError) -> [String] {
    let index = url.appending(path: "model.safetensors.index.json")
    guard let data = try? Data(contentsOf: index) else {
      let name = "model.safetensors"
      guard FileManager.default.fileExists(atPath: url.appending(path: name).path) else {
        throw TrainingError(
          .badModel,
          "\(url.path) has neither \(name) nor \(index.lastPathComponent); other forms of weights are"
            + " not read.")
      }
      return [name]
    }
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let map = object["weight_map"] as? [String: String], !map.isEmpty
    else {
      throw TrainingError(
        .badModel, "\(index.path) has no “weight_map” that tells the file of each tensor.")
    }
    let names = Set(map.values).sorted()
    // A name from a file must not lead out of the folder.
    if let name = names.first(where: { $0.contains("/") || $0.hasPrefix(".") }) {
      throw TrainingError(.badModel, "\(index.path) names the file “\(name.prefix(80))”.")
    }
    return names
  }

  /// The names of the tensors, as the folder has them, sorted.
  public var tensorNames: [String] { places.keys.sorted() }

  /// A tensor's numbers and shape, by its name in the folder.
  func tensor(_ name: String) throws(TrainingError) -> (values: [Float], shape: [Int]) {
    guard let place = places[name], let shape = files[place].shape(of: name) else {
      throw TrainingError(.missingTensor, "\(url.path) has no tensor named \(name).")
    }
    return (try files[place].floats(of: name), shape)
  }

  /// The shape of a tensor, by its name in the folder.
  func shape(of name: String) -> [Int]? { places[name].flatMap { files[$0].shape(of: name) } }
}

extension DecoderModel {
  /// Reads a model from a folder of Hugging Face's form, its weights expanded to 32 bits.
  ///
  /// The result is the one of the GGUF file that llama.cpp makes of the folder.
  public init(folder: ModelFolder) throws {
    var tensors: [String: Tensor] = [:]
    for weight in try TensorNames(folder).weights {
      let (values, shape) = try weight.read(folder)
      tensors[weight.name] = try Tensor(values, shape: shape)
    }
    try self.init(folder.configuration, weights: DecoderWeights(tensors))
  }
}
