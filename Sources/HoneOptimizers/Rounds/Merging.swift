// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Puts two candidates of a front together that come from one ancestor and changed different stages.
///
/// Of each stage the child has the prompt of the descendant that changed it; where both did, that of
/// the better one. Agrawal et al., arXiv:2507.19457, algorithm 4.
struct Merging {
  let state: RoundState
  let front: InstanceFront
  /// Pairs that were merged before.
  let tried: Set<Set<String>>

  /// The merge of the first pair that can be merged, the best on dev first; nil when there is none.
  func child(step: Int) -> Candidate? {
    let ranked = front.leads.compactMap { state.candidates[$0.id] }
      .sorted { score($0) == score($1) ? $0.id < $1.id : score($0) > score($1) }
    for (index, first) in ranked.enumerated() {
      for second in ranked.dropFirst(index + 1) {
        if let child = merge(first, second, step: step), state.candidates[child.id] == nil {
          return child
        }
      }
    }
    return nil
  }

  private func merge(_ first: Candidate, _ second: Candidate, step: Int) -> Candidate? {
    let (a, b) = (ancestors(first), ancestors(second))
    guard !a.contains(second.id), !b.contains(first.id), !tried.contains([first.id, second.id])
    else { return nil }
    let common = a.filter(b.contains).compactMap { state.candidates[$0] }
      .filter { score($0) <= min(score(first), score(second)) }
    guard let ancestor = common.first else { return nil }
    var prompts = first.prompts
    var taken = (first: false, second: false)
    for (stage, old) in ancestor.prompts {
      let changed = (first.prompts[stage] != old, second.prompts[stage] != old)
      switch changed {
      case (false, true):
        prompts[stage] = second.prompts[stage]
        taken.second = true
      case (true, _): taken.first = true
      case (false, false): break
      }
    }
    guard taken.first, taken.second else { return nil }
    return Candidate(
      prompts: prompts,
      lineage: Lineage(parents: [first.id, second.id], move: "merge", step: step))
  }

  /// The ids of a candidate's ancestors, the nearest first.
  private func ancestors(_ candidate: Candidate) -> [String] {
    var found: [String] = []
    var open = candidate.lineage.parents
    while let id = open.first {
      open.removeFirst()
      guard !found.contains(id) else { continue }
      found.append(id)
      open += state.candidates[id]?.lineage.parents ?? []
    }
    return found
  }

  private func score(_ candidate: Candidate) -> Double {
    state.evaluation(of: candidate.id)?.score ?? -.infinity
  }
}
