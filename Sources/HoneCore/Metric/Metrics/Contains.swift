// SPDX-License-Identifier: Apache-2.0

/// 1 when the response contains a reference, else 0; case and the width of spaces do not count.
struct Contains: ResponseMetric {
  func outcome(of attempt: Attempt) -> Outcome {
    let response = Array(attempt.response.lowercased().collapsed.utf8)
    return .right(
      attempt.references.contains { reference in
        let wanted = Array(reference.lowercased().collapsed.utf8)
        return !wanted.isEmpty && Self.contains(response, wanted)
      })
  }

  /// Searches in linear time (Knuth, Morris and Pratt).
  private static func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
    var fallbacks = [0]
    var matched = 0
    for index in wanted.indices.dropFirst() {
      while matched > 0, wanted[index] != wanted[matched] { matched = fallbacks[matched - 1] }
      if wanted[index] == wanted[matched] { matched += 1 }
      fallbacks.append(matched)
    }
    matched = 0
    for byte in text {
      while matched > 0, byte != wanted[matched] { matched = fallbacks[matched - 1] }
      if byte == wanted[matched] { matched += 1 }
      if matched == wanted.count { return true }
    }
    return false
  }
}
