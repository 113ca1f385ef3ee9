// SPDX-License-Identifier: Apache-2.0

/// What is expected of a component's effect on the score before anything was tried.
///
/// Before an answer that the model continues to, the cue decides and most else gets in its way. Where
/// the model writes an answer in a chat, the answer's form decides. Words cost a little everywhere.
struct EffectPrior: Sendable {
  private let continues: Bool
  private let writes: Bool

  /// The prior of a task.
  init(_ words: TaskVocabulary) {
    continues = words.leadsIntoAnswer
    writes = words.writesAnswer
  }

  /// The mean effect of a feature.
  func mean(of feature: String) -> Double {
    switch feature {
    case "kind:cue": continues ? 0.08 : -0.02
    case "last:cue": continues ? 0.04 : 0
    case "kind:format": continues || !writes ? -0.06 : 0.08
    case "kind:task", "kind:question": continues ? -0.05 : 0.01
    case "kind:role", "kind:caution", "kind:options": continues ? -0.06 : -0.02
    case "words": -0.03
    default: 0
    }
  }

  /// The variance of a feature's effect; the parts that decide vary most.
  ///
  /// A draw prefers what is uncertain, so equal variances would fill instructions with components.
  func variance(of feature: String) -> Double {
    let isDecisive = feature.hasPrefix(continues ? "cue/" : "format/")
    let deviation = isDecisive ? 0.06 : 0.025
    return deviation * deviation
  }
}
