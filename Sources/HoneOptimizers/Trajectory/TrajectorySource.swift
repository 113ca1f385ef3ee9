// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a look back is over.
public enum TrajectorySource: String, Sendable, Hashable, CaseIterable {
  /// The prompts that were current: the GPO paper's trajectory.
  case winners
  /// All prompts with a score on all of dev, as in OPRO.
  case candidates
  /// The reflections of earlier steps: momentum over feedbacks, as in SGDM.
  case reflections
}

/// One thing that can be looked back on.
struct TrajectoryItem: Sendable {
  /// The prompt, with its reflection when that is what is looked back on.
  var shown: ReflectedPrompt
  /// The text whose nearness counts.
  var text: String { shown.reflection ?? shown.prompt.instruction }
}

extension Trajectory {
  /// What can be looked back on, the oldest first.
  func items(of source: TrajectorySource) -> [TrajectoryItem] {
    switch source {
    case .winners: path.map { TrajectoryItem(shown: ReflectedPrompt($0)) }
    case .candidates:
      evaluated.filter(\.isComplete).map { TrajectoryItem(shown: ReflectedPrompt($0)) }
    case .reflections:
      finished.flatMap(\.parents).filter { $0.reflection != nil }
        .map { TrajectoryItem(shown: $0) }
    }
  }

  /// The same with the prompt in the focus moved to the end.
  func items(of source: TrajectorySource, endingWith focus: TrajectoryFocus) -> [TrajectoryItem] {
    var items = items(of: source)
    let id = focus.current.candidate.id
    if source != .reflections,
      let index = items.lastIndex(where: { $0.shown.prompt.candidate.id == id })
    {
      items.append(items.remove(at: index))
    }
    return items
  }
}

extension TrajectoryExcerpt {
  /// Shows items as what they are.
  init(items: [TrajectoryItem], order: String, note: String? = nil) {
    self.init(
      entries: items.filter { $0.shown.reflection == nil }.map(\.shown.prompt),
      reflections: items.filter { $0.shown.reflection != nil }.map(\.shown), order: order,
      note: note)
  }
}
