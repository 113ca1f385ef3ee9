// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneMLX

/// Why a model cannot be trained, in kinds that a caller acts on.
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, as far as a caller must tell.
  public enum Kind: String, Sendable, Hashable {
    /// A family of models that cannot be computed here.
    case unknownArchitecture
    /// A tensor that the model needs is not in its file.
    case missingTensor
    /// A tensor, an adapter or a checkpoint does not have the shape that the model asks for.
    case wrongShape
    /// A token outside the vocabulary.
    case tokenOutOfRange
    /// Data that cannot be trained on.
    case badData
    /// Settings that cannot be meant.
    case badSettings
    /// The loss or its gradient is no number any more.
    case notFinite
    /// A checkpoint or a prompter that is damaged or of another model.
    case badCheckpoint
    /// A model's folder or file that is damaged or lacks something.
    case badModel
    /// A file cannot be written or read.
    case disk
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What was required, what was found and what to do next.
  public let description: String

  /// Creates an error.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
