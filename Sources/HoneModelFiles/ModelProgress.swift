// SPDX-License-Identifier: Apache-2.0

/// What the library is doing with a model file.
public enum ModelProgress: Sendable, Hashable {
  /// Another process works on the same model; this one goes on when that is done.
  case waiting
  /// Bytes of a download so far, and in all where that is known.
  case downloading(file: String, bytes: Int64, total: Int64?)
  /// The SHA-256 of a file is computed.
  case verifying(file: String)
  /// Downloaded parts are put together.
  case unpacking(file: String)
  /// The weights are written in another format, which happens once a model and format.
  case converting(to: Weights)
  /// The weights that will be used, and why, as a sentence to show.
  case chosen(Weights, reason: String)
}

/// Receives progress, from any thread.
public typealias ModelProgressReport = @Sendable (ModelProgress) -> Void

/// The format a model's weights are used in.
public enum Weights: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
  /// Half precision: a quantised file's weights to within rounding.
  case f16
  /// As they were downloaded or imported.
  case shipped
  /// Four bits a weight: small, at the price of exactness.
  case q4_0
}
