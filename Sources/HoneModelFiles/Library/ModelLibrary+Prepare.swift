// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama

extension ModelLibrary {
  /// The file to load for a model with the wanted weights, written now if this is its first use.
  ///
  /// Downloads nothing. A quantised model runs fastest as shipped where most of its weights are
  /// multiplied in whole numbers, see `WholeNumberProducts`; elsewhere it is expanded to half
  /// precision once, which takes a few seconds and twice its number of weights in bytes of disk;
  /// after that the answer is immediate. Models that are not quantised, encoders of the BERT family,
  /// and models that would be larger than ``expansionLimit`` are used as shipped. The choice is
  /// reported in a sentence.
  ///
  /// - Parameters:
  ///   - name: The name of an installed model, or the path of a GGUF file.
  ///   - weights: The format to use the weights in; without one, that which runs fastest here
  ///     and keeps the weights.
  ///   - progress: Receives what is going on, ``ModelProgress/chosen(_:reason:)`` last.
  /// - Returns: The file.
  /// - Throws: ``ModelFileError``, `ModelError` when the conversion fails, or `CancellationError`.
  public func prepared(
    _ name: String, weights: Weights? = nil, progress: @escaping ModelProgressReport = { _ in }
  ) async throws -> URL {
    if name.contains("/") || name.hasSuffix(".gguf") {
      return try await prepared(file: URL(filePath: name), weights: weights, progress)
    }
    let folder = try ModelFolder(of: name, in: directory)
    guard let record = try folder.record() else { throw unknown(name) }
    guard let shipped = folder.file(of: .shipped, in: record) else { throw incomplete(folder) }
    let plan = WeightPlan(for: try summary(of: shipped), wanted: weights, in: self)
    defer { progress(.chosen(plan.weights, reason: plan.reason)) }
    if plan.weights == .shipped { return shipped }
    if let file = folder.file(of: plan.weights, in: record) { return file }
    return try await folder.locked(progress) {
      guard var record = try folder.record() else { throw unknown(name) }
      if let file = folder.file(of: plan.weights, in: record) { return file }
      let kept = try await convert(shipped, to: plan.weights, in: folder, progress)
      record.files[plan.weights] = kept
      try folder.write(record)
      return folder.url.appending(path: kept.file)
    }
  }

  /// The file to load for a GGUF file outside the library; what is written lies in the library.
  private func prepared(
    file: URL, weights: Weights?, _ progress: @escaping ModelProgressReport
  ) async throws -> URL {
    let plan = WeightPlan(for: try summary(of: file), wanted: weights, in: self)
    defer { progress(.chosen(plan.weights, reason: plan.reason)) }
    if plan.weights == .shipped { return file }
    // A changed file has another hash, so another name.
    progress(.verifying(file: file.lastPathComponent))
    let digest = try FileDigest.sha256(of: file)
    let folder = try ModelFolder(of: "file-\(digest.prefix(16))", in: directory)
    let name = KeptFile.name(of: plan.weights)
    return try await folder.locked(progress) {
      var record =
        try folder.record()
        ?? InstalledModel(
          name: folder.name, source: file.lastPathComponent, license: nil, architecture: "",
          files: [:])
      if let file = folder.file(of: plan.weights, in: record) { return file }
      record.files[plan.weights] = try await convert(file, to: plan.weights, in: folder, progress)
      try folder.write(record)
      return folder.url.appending(path: name)
    }
  }

  /// Writes a model's weights in another format and puts the file in place when it is complete.
  private func convert(
    _ source: URL, to weights: Weights, in folder: ModelFolder,
    _ progress: @escaping ModelProgressReport
  ) async throws -> KeptFile {
    progress(.converting(to: weights))
    try folder.makeWorkspace(empty: true)
    let name = KeptFile.name(of: weights)
    let file = folder.workspace.appending(path: name)
    let format: WeightConversion.Format = weights == .q4_0 ? .q4_0 : .f16
    try await WeightConversion.convert(source, to: file, format: format)
    try Task.checkCancellation()
    _ = try summary(of: file)
    let kept = KeptFile(
      file: name, bytes: ModelFolder.size(of: file) ?? 0, sha256: try FileDigest.sha256(of: file))
    try folder.adopt(file, as: name)
    folder.clearWorkspace()
    return kept
  }

  private func incomplete(_ folder: ModelFolder) -> ModelFileError {
    ModelFileError(
      .badFile,
      "\(folder.url.path) lacks its shipped.gguf or holds only a part of it. Run "
        + "`hone models remove \(folder.name)` and get the model again.")
  }
}

/// The weights to use of a file, and why.
struct WeightPlan: Hashable {
  let weights: Weights
  let reason: String

  init(for file: ModelFileSummary, wanted: Weights?, in library: ModelLibrary) {
    if wanted == .shipped {
      (weights, reason) = (.shipped, "Using the weights as shipped.")
    } else if file.isEncoder {
      (weights, reason) = (.shipped, "Using the encoder's weights as shipped.")
    } else if wanted == .q4_0 && file.isMostly(.q4_0) {
      (weights, reason) = (.shipped, "Using the weights as shipped: they are q4_0 already.")
    } else if wanted == .q4_0 {
      (weights, reason) = (.q4_0, "Using q4_0 weights: smaller, and less exact than the shipped.")
    } else if !file.isQuantised {
      (weights, reason) = (.shipped, "Using the weights as shipped: they are not quantised.")
    } else if wanted == nil && file.suits(library.products) {
      (weights, reason) = (.shipped, "Using the weights as shipped, which run fastest here.")
    } else if file.halfPrecisionBytes > library.expansionLimit {
      let gigabytes = Double(file.halfPrecisionBytes) / 1e9
      let rounded = (gigabytes * 10).rounded() / 10
      (weights, reason) = (
        .shipped, "Using the weights as shipped: at half precision they would take \(rounded) GB."
      )
    } else if wanted == .f16 {
      (weights, reason) = (.f16, "Using the weights at half precision.")
    } else {
      (weights, reason) = (.f16, "Using the weights at half precision, which runs fastest here.")
    }
  }
}
