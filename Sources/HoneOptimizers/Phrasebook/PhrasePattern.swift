// SPDX-License-Identifier: Apache-2.0

/// A phrase with blanks for a task's words.
///
/// The blanks: `[subject]` what is judged, `[quality]` what is asked of it, `[or]` the options joined
/// by "or", `[list]` by commas, `[slash]` by slashes, `[last]` the last choice letter,
/// `[description]` the task's own sentence.
struct PhrasePattern: Sendable {
  /// What the phrase does.
  var kind: Component.Kind
  /// The phrase.
  var text: String
  /// What its components share with others, besides the words in their blanks.
  var features: [String]

  /// Creates a phrase; without features it shares nothing but its own text.
  init(_ kind: Component.Kind, _ text: String, features: [String]? = nil) {
    self.kind = kind
    self.text = text
    self.features = features ?? ["pattern:" + text]
  }

  /// Every component the pattern gives for a task; none when the task lacks what a blank needs.
  func components(for words: TaskVocabulary) -> [Component] {
    var results = [Component(kind: kind, text: text, features: features)]
    results = filled(results, "[description]", with: words.sentences, naming: nil)
    results = filled(results, "[subject]", with: words.subjects, naming: "subject:")
    results = filled(results, "[quality]", with: words.qualities, naming: "quality:")
    let orders = words.optionOrders
    results = filled(results, "[or]", with: orders.map { $0.joinedByOr }, naming: "order:")
    results = filled(
      results, "[list]", with: orders.map { $0.joined(separator: ", ") }, naming: "order:")
    results = filled(
      results, "[slash]", with: orders.map { $0.joined(separator: "/") }, naming: "order:")
    results = filled(results, "[last]", with: words.lastLetter.map { [$0] } ?? [], naming: nil)
    return results.map { component in
      var component = component
      component.text = component.text.capitalizedFirst
      return component
    }
  }

  private func filled(
    _ components: [Component], _ blank: String, with values: [String], naming prefix: String?
  ) -> [Component] {
    guard text.contains(blank) else { return components }
    return values.enumerated().flatMap { index, value in
      components.map { component in
        var component = component
        component.text = component.text.replacing(blank, with: value)
        if let prefix {
          let name = prefix == "order:" ? "\(index)" : value
          component.features.append(prefix + name)
        }
        return component
      }
    }
  }
}

extension Array where Element == String {
  /// The elements with commas and "or" before the last.
  var joinedByOr: String {
    guard count > 2, let last else { return joined(separator: " or ") }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
