// SPDX-License-Identifier: Apache-2.0

/// Hints that make proposals differ, one for each kind of the paper's; the empty one is none.
enum GroundedTips {
  static let all = [
    "",
    "Try something unusual; another way to see the task may work better.",
    "Keep it plain and short.",
    "Be thorough: describe the task and every detail that matters.",
    "Tell the model what depends on a right answer, so that it takes care.",
    "Give the model a role that suits the task.",
  ]
}
