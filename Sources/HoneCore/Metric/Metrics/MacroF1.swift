// SPDX-License-Identifier: Apache-2.0

/// The mean over labels of each label's F1, over a set's counted results.
///
/// Labels are those that are some row's answer or some response's; a response without a readable
/// answer counts against its row's label. A row with several references takes the one given, else its
/// first.
struct MacroF1 {
  private var right: [String: Int] = [:]
  private var given: [String: Int] = [:]
  private var wanted: [String: Int] = [:]

  init(results: [ExampleResult], examples: [Example], kind: AnswerKind) {
    let reader = kind.reader
    let references = Dictionary(
      examples.map { ($0.id, $0.references) }, uniquingKeysWith: { first, _ in first })
    for result in results where result.outcome.value != nil {
      guard let texts = references[result.example], let first = texts.first else { continue }
      let match = result.answer.flatMap { answer in
        texts.first { reader.matches(answer, reference: $0) }
      }
      let label = reader.normalForm(ofReference: match ?? first)
      wanted[label, default: 0] += 1
      if match != nil {
        right[label, default: 0] += 1
        given[label, default: 0] += 1
      } else if let answer = result.answer {
        given[answer, default: 0] += 1
      }
    }
  }

  /// The share of rows that are right, in 0…1.
  var accuracy: Double {
    let total = wanted.values.reduce(0, +)
    return total == 0 ? 0 : Double(right.values.reduce(0, +)) / Double(total)
  }

  /// The mean F1 over labels, or nil without rows.
  var figure: Double? {
    let labels = Set(wanted.keys).union(given.keys).sorted()
    guard !wanted.isEmpty else { return nil }
    let sum = labels.reduce(0.0) { sum, label in
      let shared = 2 * (right[label] ?? 0)
      return sum + Double(shared) / Double((given[label] ?? 0) + (wanted[label] ?? 0))
    }
    return sum / Double(labels.count)
  }
}
