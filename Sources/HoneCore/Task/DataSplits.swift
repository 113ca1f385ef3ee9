// SPDX-License-Identifier: Apache-2.0

/// A task's rows, divided into train, dev and the sealed test split.
public struct DataSplits: Sendable {
  /// The rows an optimizer may read.
  public var train: [Example]
  /// The rows candidates are compared on.
  public var dev: [Example]
  /// The rows of the final claim.
  public var test: SealedExamples

  /// Creates the three splits.
  public init(train: [Example], dev: [Example], test: SealedExamples) {
    self.train = train
    self.dev = dev
    self.test = test
  }
}
