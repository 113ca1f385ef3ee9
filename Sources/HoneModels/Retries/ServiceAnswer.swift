// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What the body of a right response is read as.
protocol ServiceAnswer: Sendable {
  /// The tokens it took, as the service counts them.
  var usage: Usage { get }

  /// What a content filter's refusal is.
  static func filtered(by service: String) -> Result<Self, ModelError>
}

extension ServiceAnswer {
  /// A failure, where a refusal cannot be an answer.
  static func filtered(by service: String) -> Result<Self, ModelError> {
    .failure(ModelError(.engine, "a content filter of \(service) does not let the text through"))
  }
}
