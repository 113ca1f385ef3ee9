// SPDX-License-Identifier: Apache-2.0

/// What a form's score may depend on, as numbers with names.
struct FormFeatures: Sendable {
  /// The value of each feature that is not 0.
  let values: [(name: String, value: Double)]

  /// Describes a form.
  init(_ form: InstructionForm) {
    var values: [String: Double] = [:]
    for piece in form.pieces {
      values["kind:" + piece.component.kind.rawValue] = 1
      // A noun means something else in a cue than in a question.
      for feature in piece.component.features {
        values[piece.component.kind.rawValue + "/" + feature] = 1
      }
      values[piece.component.kind.rawValue + "/" + piece.component.text] = 1
    }
    if let last = form.pieces.last {
      values["last:" + last.component.kind.rawValue] = 1
      if last.startsLine { values["last line"] = 1 }
    }
    values["words"] = Double(WordEditDistance.words(of: form.text).count) / 10
    self.values = values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
