// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
  /// Whether it is punctuation of any kind.
  var isPunctuation: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}

extension String {
  /// The text without punctuation, runs of white space as one space.
  var withoutPunctuation: String {
    var kept = UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.isPunctuation { kept.append(scalar) }
    return String(kept).collapsed
  }

  /// The text without punctuation and white space at its ends; itself trimmed if that is all of it.
  var withoutOuterMarks: String {
    let scalars = unicodeScalars
    func isOuter(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar.isPunctuation || scalar == "`"
    }
    guard let start = scalars.firstIndex(where: { !isOuter($0) }),
      let last = scalars.lastIndex(where: { !isOuter($0) })
    else { return trimmed }
    return String(self[start..<scalars.index(after: last)])
  }
}
