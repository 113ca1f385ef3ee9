// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A small change of an instruction's components.
enum FormMove: String, Sendable, CaseIterable {
  case add, drop, swap, reorder, reword

  /// Applies the move and returns what was done, or nil when it does not apply.
  func apply(
    to form: inout InstructionForm, grammar: Grammar, chance: inout SeededGenerator
  ) -> String? {
    switch self {
    case .add: add(to: &form, grammar, &chance)
    case .drop: drop(from: &form, &chance)
    case .swap: replace(in: &form, grammar, &chance, samePattern: false)
    case .reword: replace(in: &form, grammar, &chance, samePattern: true)
    case .reorder: reorder(&form, &chance)
    }
  }

  private func add(
    to form: inout InstructionForm, _ grammar: Grammar, _ chance: inout SeededGenerator
  ) -> String? {
    let absent = Component.Kind.allCases.filter {
      !form.contains($0) && grammar.components[$0] != nil
    }
    guard let kind = absent.drawn(by: &chance),
      let component = grammar.components[kind]?.drawn(by: &chance)
    else { return nil }
    form.insert(component, startsLine: !form.pieces.isEmpty && chance.nextUnit() < 0.5)
    return "add \(kind.rawValue)"
  }

  private func drop(from form: inout InstructionForm, _ chance: inout SeededGenerator) -> String? {
    let droppable = form.pieces.indices.filter { !form.pieces[$0].component.holdsPlaceholder }
    guard form.pieces.count > 1, let index = droppable.drawn(by: &chance) else { return nil }
    let kind = form.pieces.remove(at: index).component.kind
    return "drop \(kind.rawValue)"
  }

  /// Exchanges a component for one of its kind: with `samePattern` one that shares a pattern or a
  /// noun, else any.
  private func replace(
    in form: inout InstructionForm, _ grammar: Grammar, _ chance: inout SeededGenerator,
    samePattern: Bool
  ) -> String? {
    guard let index = Array(form.pieces.indices).drawn(by: &chance) else { return nil }
    let old = form.pieces[index].component
    let others = (grammar.components[old.kind] ?? []).filter { other in
      other.text != old.text
        && (!samePattern || other.features.contains { old.features.contains($0) })
    }
    guard !old.holdsPlaceholder, let new = others.drawn(by: &chance) else { return nil }
    form.pieces[index].component = new
    return "\(rawValue) \(old.kind.rawValue)"
  }

  private func reorder(_ form: inout InstructionForm, _ chance: inout SeededGenerator) -> String? {
    let movable = form.pieces.indices.filter { form.pieces[$0].component.kind != .cue }
    if movable.count >= 2, chance.nextUnit() < 0.6 {
      let first = chance.nextIndex(below: movable.count - 1)
      form.pieces.swapAt(movable[first], movable[first + 1])
      return "reorder"
    }
    guard form.pieces.count > 1 else { return nil }
    form.pieces[1 + chance.nextIndex(below: form.pieces.count - 1)].startsLine.toggle()
    return "move a line end"
  }
}

extension Component {
  /// Whether it holds a placeholder, which must not be lost.
  var holdsPlaceholder: Bool { !PlaceholdersKept.placeholders(of: text).isEmpty }
}
