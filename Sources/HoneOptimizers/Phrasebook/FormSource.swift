// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws instructions around known ones, or new ones, from a grammar.
struct FormSource: Sendable {
  /// The grammar.
  let grammar: Grammar

  /// Changes a form by one to three moves; returns what was done, or nil when nothing was.
  func changed(
    _ form: InstructionForm, by chance: inout SeededGenerator
  ) -> (form: InstructionForm, moves: String)? {
    var result = form
    var done: [String] = []
    for _ in 0...chance.nextIndex(below: 3) {
      guard let move = FormMove.allCases.drawn(by: &chance) else { continue }
      if let name = move.apply(to: &result, grammar: grammar, chance: &chance), !done.contains(name)
      {
        done.append(name)
      }
    }
    return result == form ? nil : (result, done.joined(separator: ", "))
  }

  /// Draws a form anew, each kind of component with its usual share.
  func fresh(by chance: inout SeededGenerator) -> InstructionForm {
    var form = InstructionForm()
    for kind in Component.Kind.allCases where chance.nextUnit() < share(of: kind) {
      if let component = grammar.components[kind]?.drawn(by: &chance) {
        form.insert(component, startsLine: !form.pieces.isEmpty && chance.nextUnit() < 0.5)
      }
    }
    return form
  }

  /// How often a kind of component is part of a new form.
  ///
  /// Before an answer that the model continues to, a cue is nearly all that counts; where it writes
  /// an answer in a chat, the answer's form is.
  private func share(of kind: Component.Kind) -> Double {
    let words = grammar.words
    switch kind {
    case .cue: return words.leadsIntoAnswer ? 0.95 : 0.15
    case .format: return words.leadsIntoAnswer || !words.writesAnswer ? 0.1 : 0.75
    case .task, .question: return words.leadsIntoAnswer ? 0.12 : 0.45
    case .options: return words.leadsIntoAnswer ? 0.1 : 0.25
    case .role, .caution: return words.leadsIntoAnswer ? 0.1 : 0.2
    case .foreign: return 0
    }
  }
}
